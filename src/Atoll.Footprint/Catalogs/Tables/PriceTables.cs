using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Catalogs.Tables;

/// <summary>The tables of one figure a name.</summary>
internal static class PriceTables
{
    public static Catalog Networks(Catalog below, IReadOnlyList<CatalogRow> rows) => below with
    {
        Networks = [.. Entries<DataEnergy, NetworkEntry>("network", rows, (name, label, energy) => new() { Name = name, Label = label, Energy = energy }), .. below.Networks],
    };

    public static Catalog Water(Catalog below, IReadOnlyList<CatalogRow> rows) => below with
    {
        Water = [.. Entries<WaterIntensity, WaterEntry>("water", rows, (name, label, intensity) => new() { Name = name, Label = label, Intensity = intensity }), .. below.Water],
    };

    public static Catalog Electricity(Catalog below, IReadOnlyList<CatalogRow> rows) => below with { Electricity = [.. Prices<EnergyPrice>("electricity", rows), .. below.Electricity] };

    public static Catalog Egress(Catalog below, IReadOnlyList<CatalogRow> rows) => below with { Egress = [.. Prices<DataPrice>("egress", rows), .. below.Egress] };

    public static Catalog Transit(Catalog below, IReadOnlyList<CatalogRow> rows) => below with { Transit = [.. Prices<BandwidthPrice>("transit", rows), .. below.Transit] };

    public static Catalog Fibre(Catalog below, IReadOnlyList<CatalogRow> rows) => below with { Fibre = [.. Prices<DistancePrice>("fibre", rows), .. below.Fibre] };

    private static PriceEntry<TDimension>[] Prices<TDimension>(string key, IReadOnlyList<CatalogRow> rows) where TDimension : IDimension<TDimension> =>
        Entries<TDimension, PriceEntry<TDimension>>(key, rows, (name, label, price) => new() { Name = name, Label = label, Price = price });

    private static TEntry[] Entries<TDimension, TEntry>(string key, IReadOnlyList<CatalogRow> rows, Func<string, string, Sourced<TDimension>, TEntry> entry)
        where TDimension : IDimension<TDimension>
    {
        CatalogTable.RequireDistinct(rows, key);
        return [.. rows.Select(row => entry(row.Text(key), row.Given("label") ?? row.Text(key), row.Figure<TDimension>()))];
    }
}
