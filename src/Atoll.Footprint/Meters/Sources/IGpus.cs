namespace Atoll.Footprint.Meters.Sources;

/// <summary>The machine's NVIDIA GPUs. Every method may throw a <see cref="MeterException"/>.</summary>
internal interface IGpus : IDisposable
{
    int Count { get; }

    string Name(int gpu);

    /// <summary>Joules since the driver was loaded, or null where the GPU has no such counter.</summary>
    double? Energy(int gpu);

    /// <summary>In watts, now.</summary>
    double Power(int gpu);

    /// <summary>The processes that have a compute context on it.</summary>
    IReadOnlyCollection<int> Processes(int gpu);
}
