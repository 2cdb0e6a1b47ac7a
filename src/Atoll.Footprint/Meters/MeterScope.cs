namespace Atoll.Footprint.Meters;

/// <summary>Whose share of the machine is metered.</summary>
public enum MeterScope
{
    /// <summary>This process with all its threads; a process that it started counts with it once that has ended.</summary>
    ThisProcess,

    /// <summary>The processes that this one starts, and theirs, without itself.</summary>
    Children,
}
