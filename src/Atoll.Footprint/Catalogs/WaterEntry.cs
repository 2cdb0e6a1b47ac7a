using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Catalogs;

/// <summary>Water consumed (evaporated, not given back) in making a kilowatt-hour of electricity in a country.</summary>
public sealed record WaterEntry
{
    /// <summary>Where nothing better is known.</summary>
    public const string World = "world";

    /// <summary>ISO 3166 code, or <see cref="World"/>.</summary>
    public required string Name { get; init; }

    public required string Label { get; init; }

    public required Sourced<WaterIntensity> Intensity { get; init; }
}
