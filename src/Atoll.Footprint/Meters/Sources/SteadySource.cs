using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Meters.Sources;

/// <summary>A component taken at a constant power, for want of a meter. The power is the metered processes' already.</summary>
internal sealed class SteadySource(string component, Quantity<Power> power, string source) : IEnergySource
{
    public string Component => component;

    public Origin Origin { get; } = new() { Basis = Basis.Assumed, Source = source, Note = $"{power}" };

    public void Begin()
    {
    }

    public Estimate<Energy> Advance(in Interval interval) => new(power * (interval.Seconds * Time.Second));

    public (IEnergySource Source, string Words) Fallback() => throw new InvalidOperationException("A model does not fail.");
}
