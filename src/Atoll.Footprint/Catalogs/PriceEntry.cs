using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Catalogs;

/// <summary>A price by name: electricity by country (<c>DE</c>), egress by provider (<c>aws</c>), transit by place, fibre by kind of ground.</summary>
public sealed record PriceEntry<TDimension> where TDimension : IDimension<TDimension>
{
    public required string Name { get; init; }

    public required string Label { get; init; }

    public required Sourced<TDimension> Price { get; init; }
}
