using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Catalogs;

/// <summary>Energy of carrying data by one technology: <c>data-centre</c>, <c>fixed</c>, <c>mobile</c>, <c>4g</c>, <c>5g</c>.</summary>
public sealed record NetworkEntry
{
    public required string Name { get; init; }

    public required string Label { get; init; }

    public required Sourced<DataEnergy> Energy { get; init; }
}
