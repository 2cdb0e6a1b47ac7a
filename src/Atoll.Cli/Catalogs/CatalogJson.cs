using System.Text.Json.Serialization;
using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Cli.Catalogs;

/// <summary>A figure as JSON: numbers in <paramref name="Unit"/>, which is the base unit of its kind.</summary>
internal sealed record JsonFigure(double Value, double Low, double High, string Unit, string Basis, string Source, int? Year, string? Url, string? Note)
{
    public static JsonFigure Of<TDimension>(Sourced<TDimension> figure) where TDimension : IDimension<TDimension> => new(figure.Value.Value, figure.Low.Value, figure.High.Value,
        TDimension.Units[0].Symbol, FigureView.Word(figure.Origin.Basis), figure.Origin.Source, figure.Origin.Year, figure.Origin.Url, figure.Origin.Note);

    public static JsonFigure? OfAny<TDimension>(Sourced<TDimension>? figure) where TDimension : IDimension<TDimension> => figure is null ? null : Of(figure);
}

internal sealed record JsonGrid(string Name, string Label, IReadOnlyList<string> Aliases, string Country, string FactorSet, bool IsLifeCycle, double? CarbonFree, JsonFigure Intensity)
{
    public static JsonGrid Of(GridEntry grid) => new(grid.Name, grid.Label, grid.Aliases, grid.Country, grid.FactorSet, grid.IsLifeCycle, grid.CarbonFree, JsonFigure.Of(grid.Intensity));
}

internal sealed record JsonHardware(string Name, string Label, string Kind, IReadOnlyDictionary<string, JsonFigure> Peak, JsonFigure? Achieved, JsonFigure Power, JsonFigure IdlePower,
    JsonFigure Embodied, JsonFigure Lifetime, JsonFigure? Price, JsonFigure? Purchase)
{
    public static JsonHardware Of(HardwareEntry h) => new(h.Name, h.Label, h.Kind, h.Peak.ToDictionary(p => p.Key, p => JsonFigure.Of(p.Value)), JsonFigure.OfAny(h.Achieved),
        JsonFigure.Of(h.Power), JsonFigure.Of(h.IdlePower), JsonFigure.Of(h.Embodied), JsonFigure.Of(h.Lifetime), JsonFigure.OfAny(h.Price), JsonFigure.OfAny(h.Purchase));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n",
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<JsonGrid>))]
[JsonSerializable(typeof(IReadOnlyList<JsonHardware>))]
internal sealed partial class CatalogJson : JsonSerializerContext;
