namespace Atoll.Footprint.Catalogs.Tables;

/// <summary>A kind of catalog file.</summary>
/// <param name="Key">The first column of its header, which tells it from the others: <c>grid</c>.</param>
/// <param name="Own">Its other columns before those that all share.</param>
/// <param name="Put">Puts the entries of rows before those of a catalog.</param>
internal sealed record CatalogTable(string Key, IReadOnlyList<string> Own, Func<Catalog, IReadOnlyList<CatalogRow>, Catalog> Put)
{
    /// <summary>Every table ends with these: a figure and where it is from.</summary>
    private static readonly string[] Shared = ["value", "low", "high", "unit", "basis", "source", "year", "url", "note"];

    public static IReadOnlyList<CatalogTable> All { get; } =
    [
        new("grid", ["label", "aliases", "country", "factor-set", "scope", "carbon-free"], GridTable.Put),
        new("hardware", ["label", "kind", "figure"], HardwareTable.Put),
        new("operator", ["label", "figure"], OperatorTable.Put),
        new("network", ["label"], PriceTables.Networks),
        new("electricity", ["label"], PriceTables.Electricity),
        new("egress", ["label"], PriceTables.Egress),
        new("transit", ["label"], PriceTables.Transit),
        new("fibre", ["label"], PriceTables.Fibre),
        new("water", ["label"], PriceTables.Water),
    ];

    public IReadOnlyList<string> Columns { get; } = [Key, .. Own, .. Shared];

    /// <summary>Refuses a second row that says the same thing.</summary>
    /// <param name="columns">Those that together must differ from row to row.</param>
    public static void RequireDistinct(IReadOnlyList<CatalogRow> rows, params IReadOnlyList<string> columns)
    {
        Dictionary<string, int> lines = [];
        foreach (CatalogRow row in rows)
        {
            string key = string.Join('|', columns.Select(column => Names.Key(row.Text(column))));
            if (!lines.TryAdd(key, row.Line))
            {
                string forEach = columns.Count > 1 ? $" for each {string.Join(" and ", columns.Skip(1))}" : "";
                throw row.Wrong(columns[0], $"must be given once{forEach}, but line {lines[key]} gives {string.Join(", ", columns.Select(row.Text))} already");
            }
        }
    }
}
