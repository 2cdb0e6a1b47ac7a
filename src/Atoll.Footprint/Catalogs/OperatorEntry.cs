using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Catalogs;

/// <summary>How an operator's facilities do: <c>google</c>, <c>on-premises</c>, <c>ambient-air</c>.</summary>
public sealed record OperatorEntry
{
    public required string Name { get; init; }

    public required string Label { get; init; }

    public required Sourced<Ratio> Pue { get; init; }

    public Sourced<WaterIntensity>? Wue { get; init; }
}
