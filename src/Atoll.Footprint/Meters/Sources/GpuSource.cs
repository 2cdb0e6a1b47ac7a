using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Meters.Sources;

/// <summary>The GPUs' energy, of which the metered processes bear what they are among the processes that compute on each.</summary>
/// <remarks>
/// From each GPU's counter, else from its power at each look, taken to run straight between looks. A GPU on which none of the metered processes has a context counts
/// for nothing. In a container a GPU's processes have numbers that mean nothing there: then all of its energy counts, which <see cref="Origin"/> says.
/// </remarks>
internal sealed class GpuSource : IEnergySource
{
    private readonly IGpus _gpus;
    private readonly bool _isContainer;
    private readonly double?[] _energy;
    private readonly double[] _power;
    private double _joules, _seconds;

    /// <exception cref="MeterException">Neither energy nor power of a GPU can be read.</exception>
    public GpuSource(IGpus gpus, bool isContainer)
    {
        (_gpus, _isContainer) = (gpus, isContainer);
        _energy = new double?[gpus.Count];
        _power = new double[gpus.Count];
        Begin();
        bool hasCounters = _energy.All(e => e is not null);
        string names = string.Join(", ", Enumerable.Range(0, gpus.Count).Select(gpus.Name).CountBy(name => name).Select(n => n.Value == 1 ? n.Key : $"{n.Value} × {n.Key}"));
        Origin = new()
        {
            Basis = Basis.Measured,
            Source = $"NVML, {(hasCounters ? "energy counter" : "power, sampled")}: {names}",
            Note = isContainer ? "all of it: in a container the processes on a GPU cannot be told apart" : "share among the processes that compute on it",
        };
    }

    public string Component => Components.Gpu;

    public Origin Origin { get; }

    public void Begin()
    {
        for (int gpu = 0; gpu < _gpus.Count; gpu++)
        {
            _energy[gpu] = _gpus.Energy(gpu);
            _power[gpu] = _energy[gpu] is null ? _gpus.Power(gpu) : 0;
        }
    }

    public Estimate<Energy> Advance(in Interval interval)
    {
        double joules = 0;
        for (int gpu = 0; gpu < _gpus.Count; gpu++)
        {
            // The counter moves on whether the share is nothing or not.
            double drawn = Drawn(gpu, interval.Seconds);
            joules += drawn * Share(gpu, interval.Processes);
        }
        _joules += joules;
        _seconds += interval.Seconds;
        return new(joules * Quantities.Energy.Joule);
    }

    /// <summary>Goes on at the mean power until now.</summary>
    public (IEnergySource Source, string Words) Fallback()
    {
        Quantity<Power> mean = (_seconds > 0 ? _joules / _seconds : 0) * Power.Watt;
        return (new SteadySource(Component, mean, "the mean power until NVML failed"), $"the GPU taken at its mean power until then, {mean}");
    }

    private double Drawn(int gpu, double seconds)
    {
        if (_energy[gpu] is { } before)
        {
            double now = _gpus.Energy(gpu) ?? throw new MeterException("NVML: a GPU's energy counter is gone.");
            _energy[gpu] = now;
            return now >= before ? now - before : throw new MeterException($"NVML: a GPU's energy counter fell from {before:0} to {now:0} J: the driver was loaded anew.");
        }
        double power = _gpus.Power(gpu), mean = (_power[gpu] + power) / 2;
        _power[gpu] = power;
        return mean * seconds;
    }

    private double Share(int gpu, IReadOnlySet<int> metered)
    {
        if (_isContainer)
        {
            return 1;
        }
        IReadOnlyCollection<int> all = _gpus.Processes(gpu);
        return all.Count == 0 ? 0 : (double)all.Count(metered.Contains) / all.Count;
    }
}
