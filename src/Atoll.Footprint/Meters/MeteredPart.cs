using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Meters;

/// <summary>The energy of one component, and how it is known.</summary>
public sealed record MeteredPart(string Component, Quantity<Energy> Energy, Origin Origin)
{
    /// <summary>What <see cref="Energy"/> is by those that model it otherwise; no range where it was measured.</summary>
    public Estimate<Energy> Range { get; init; } = new(Energy);
}
