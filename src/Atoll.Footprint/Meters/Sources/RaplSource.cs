using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Meters.Sources;

/// <summary>A component's energy from its RAPL counters, of which the metered processes bear their share by processor time.</summary>
internal sealed class RaplSource(string component, IReadOnlyList<RaplZone> zones, IEnergySource model, string modelWords) : IEnergySource
{
    public string Component => component;

    public Origin Origin { get; } = new()
    {
        Basis = Basis.Measured,
        Source = $"RAPL, {string.Join(", ", zones.Select(z => z.Name).Distinct())}",
        Note = "share by processor time",
    };

    public void Begin()
    {
        foreach (RaplZone zone in zones)
        {
            zone.Begin();
        }
    }

    public Estimate<Energy> Advance(in Interval interval)
    {
        double joules = 0;
        foreach (RaplZone zone in zones)
        {
            joules += zone.Advance();
        }
        return new(joules * interval.Share * Energy.Joule);
    }

    public (IEnergySource Source, string Words) Fallback() => (model, modelWords);
}
