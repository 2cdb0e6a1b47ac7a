using Atoll.Footprint.Meters;
using Atoll.Footprint.Meters.Sources;

namespace Atoll.Footprint.Tests.Meters;

/// <summary>GPUs whose counters are set by hand.</summary>
internal sealed class FakeGpus(params double?[] energies) : IGpus
{
    public double?[] Energies { get; } = energies;

    public double[] Powers { get; } = new double[energies.Length];

    public int[][] Users { get; } = [.. energies.Select(_ => Array.Empty<int>())];

    public bool IsBroken { get; set; }

    public bool IsDisposed { get; private set; }

    public int Count => Energies.Length;

    public string Name(int gpu) => "NVIDIA H200";

    public double? Energy(int gpu) => IsBroken ? throw new MeterException("NVML: nvmlDeviceGetTotalEnergyConsumption failed: GPU is lost (15).") : Energies[gpu];

    public double Power(int gpu) => Powers[gpu];

    public IReadOnlyCollection<int> Processes(int gpu) => Users[gpu];

    public void Dispose() => IsDisposed = true;
}
