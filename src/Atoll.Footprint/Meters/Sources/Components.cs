namespace Atoll.Footprint.Meters.Sources;

/// <summary>What components are called in parts, JSON and on the screen.</summary>
internal static class Components
{
    public const string Processor = "processor", Memory = "memory", Gpu = "gpu";
}
