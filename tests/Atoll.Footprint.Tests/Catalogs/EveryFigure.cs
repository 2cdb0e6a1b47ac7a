using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Tests.Catalogs;

/// <summary>A figure of any dimension, in base units.</summary>
internal sealed record PlainFigure(string Name, double Low, double Value, double High, Origin Origin);

internal static class EveryFigure
{
    public static IReadOnlyList<PlainFigure> Of(Catalog catalog) =>
    [
        .. catalog.Grids.Select(g => Plain($"{g.Name} of {g.FactorSet}", g.Intensity)),
        .. catalog.Hardware.SelectMany(Hardware),
        .. catalog.Operators.Select(o => Plain(o.Name, o.Pue)),
        .. catalog.Operators.Where(o => o.Wue is not null).Select(o => Plain(o.Name, o.Wue!)),
        .. catalog.Networks.Select(n => Plain(n.Name, n.Energy)),
        .. catalog.Electricity.Select(e => Plain(e.Name, e.Price)),
        .. catalog.Egress.Select(e => Plain(e.Name, e.Price)),
        .. catalog.Transit.Select(e => Plain(e.Name, e.Price)),
        .. catalog.Fibre.Select(e => Plain(e.Name, e.Price)),
        .. catalog.Water.Select(w => Plain(w.Name, w.Intensity)),
    ];

    private static IEnumerable<PlainFigure> Hardware(HardwareEntry h) =>
    [
        .. h.Peak.Select(p => Plain($"{h.Name} {p.Key}", p.Value)),
        .. h.Achieved is { } achieved ? [Plain(h.Name, achieved)] : Array.Empty<PlainFigure>(),
        Plain($"{h.Name} power", h.Power),
        Plain($"{h.Name} idle", h.IdlePower),
        Plain($"{h.Name} embodied", h.Embodied),
        Plain($"{h.Name} lifetime", h.Lifetime),
        .. h.Price is { } price ? [Plain($"{h.Name} price", price)] : Array.Empty<PlainFigure>(),
        .. h.Purchase is { } purchase ? [Plain($"{h.Name} purchase", purchase)] : Array.Empty<PlainFigure>(),
    ];

    private static PlainFigure Plain<TDimension>(string name, Sourced<TDimension> figure) where TDimension : IDimension<TDimension> =>
        new(name, figure.Low.Value, figure.Value.Value, figure.High.Value, figure.Origin);
}
