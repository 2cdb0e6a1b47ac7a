using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Catalogs.Tables;

/// <summary>One row a grid and factor set.</summary>
internal static class GridTable
{
    private const string LifeCycle = "life-cycle", Direct = "direct";

    public static Catalog Put(Catalog below, IReadOnlyList<CatalogRow> rows)
    {
        CatalogTable.RequireDistinct(rows, "grid", "factor-set");
        return below with { Grids = [.. rows.Select(Entry), .. below.Grids] };
    }

    private static GridEntry Entry(CatalogRow row) => new()
    {
        Name = row.Text("grid"),
        Label = row.Given("label") ?? row.Text("grid"),
        Aliases = row.Given("aliases")?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        Country = row.Given("country") ?? row.Text("grid"),
        FactorSet = row.Text("factor-set"),
        IsLifeCycle = row.OneOf("scope", [LifeCycle, Direct]) == LifeCycle,
        CarbonFree = row.Number("carbon-free") is > 1 ? throw row.Wrong("carbon-free", "must be empty or a share from 0 to 1") : row.Number("carbon-free"),
        Intensity = row.Figure<CarbonIntensity>(),
    };
}
