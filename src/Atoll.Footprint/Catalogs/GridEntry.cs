using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Catalogs;

/// <summary>The annual mean intensity of a grid, in one set of factors. The same place may be in several sets, which disagree.</summary>
public sealed record GridEntry
{
    /// <summary><c>DE</c>, <c>SE1</c>, <c>google/stockholm</c>.</summary>
    public required string Name { get; init; }

    /// <summary>For people: <c>Germany</c>, <c>Northern Sweden</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Other names it is found by: <c>UK</c>, <c>europe-west3</c>.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>ISO 3166 code of the country, by which electricity prices are found.</summary>
    public required string Country { get; init; }

    /// <summary><c>ember-2024</c>, <c>electricity-maps-2022</c>, <c>google-2024</c>.</summary>
    public required string FactorSet { get; init; }

    /// <summary>Whether building plants and making fuel is in it, or burning alone.</summary>
    public required bool IsLifeCycle { get; init; }

    public required Sourced<CarbonIntensity> Intensity { get; init; }

    /// <summary>Share of carbon-free energy, where the set has it.</summary>
    public double? CarbonFree { get; init; }
}
