using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Catalogs.Tables;

/// <summary>One row a figure of an operator: <c>pue</c>, <c>wue</c>.</summary>
internal static class OperatorTable
{
    private const string Pue = "pue", Wue = "wue";

    public static Catalog Put(Catalog below, IReadOnlyList<CatalogRow> rows)
    {
        CatalogTable.RequireDistinct(rows, "operator", "figure");
        OperatorEntry[] entries = [.. rows.GroupBy(row => Names.Key(row.Text("operator"))).Select(group => Entry(below, new(group)))];
        return below with { Operators = [.. entries, .. below.Operators] };
    }

    private static OperatorEntry Entry(Catalog below, FigureRows rows)
    {
        rows.RequireOneOf("figure", [Pue, Wue]);
        string name = rows.First.Text("operator");
        OperatorEntry? known = Names.FindOrNull(below.Operators, name, o => [o.Name]);
        return new()
        {
            Name = name,
            Label = rows.Given("label") ?? known?.Label ?? name,
            // A facility takes at least what its machines take.
            Pue = rows.Figure<Ratio>(Pue, least: 1) ?? known?.Pue ?? throw rows.Missing(Pue),
            Wue = rows.Figure<WaterIntensity>(Wue) ?? known?.Wue,
        };
    }
}
