using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Catalogs.Tables;

/// <summary>One row a figure of a device: <c>peak-bf16</c>, <c>power</c>, <c>embodied</c>.</summary>
internal static class HardwareTable
{
    private const string Peak = "peak-", Achieved = "achieved", Power = "power", IdlePower = "idle-power";

    private const string Embodied = "embodied", Lifetime = "lifetime", Price = "price", Purchase = "purchase";

    private static readonly string[] Precisions = ["fp64", "fp32", "tf32", "bf16", "fp16", "fp8", "fp4", "int8"];

    private static readonly string[] Kinds = ["accelerator", "server", "desktop", "laptop", "phone", "board", "router"];

    private static readonly string[] Figures = [.. Precisions.Select(p => Peak + p), Achieved, Power, IdlePower, Embodied, Lifetime, Price, Purchase];

    public static Catalog Put(Catalog below, IReadOnlyList<CatalogRow> rows)
    {
        CatalogTable.RequireDistinct(rows, "hardware", "figure");
        HardwareEntry[] entries = [.. rows.GroupBy(row => Names.Key(row.Text("hardware"))).Select(group => Entry(below, new(group)))];
        return below with { Hardware = [.. entries, .. below.Hardware] };
    }

    private static HardwareEntry Entry(Catalog below, FigureRows rows)
    {
        rows.RequireOneOf("figure", Figures);
        rows.RequireOneOf("kind", Kinds);
        string name = rows.First.Text("hardware");
        HardwareEntry? known = Names.FindOrNull(below.Hardware, name, h => [h.Name]);
        Dictionary<string, Sourced<ComputeRate>> peak = known is null ? [] : new(known.Peak);
        foreach (string precision in Precisions.Where(p => rows.Figures.Contains(Peak + p)))
        {
            peak[precision] = rows.Figure<ComputeRate>(Peak + precision)!;
        }
        return new()
        {
            Name = known?.Name ?? name,
            Label = rows.Given("label") ?? known?.Label ?? name,
            Kind = rows.Given("kind") ?? known?.Kind ?? throw rows.First.Wrong("kind", $"must be one of {string.Join(", ", Kinds)}"),
            Peak = peak,
            Achieved = rows.Figure<ComputeRate>(Achieved) ?? known?.Achieved,
            Power = rows.Figure<Power>(Power) ?? known?.Power ?? throw rows.Missing(Power),
            IdlePower = rows.Figure<Power>(IdlePower) ?? known?.IdlePower ?? throw rows.Missing(IdlePower),
            Embodied = rows.Figure<Carbon>(Embodied) ?? known?.Embodied ?? throw rows.Missing(Embodied),
            Lifetime = rows.Figure<Time>(Lifetime, double.Epsilon) ?? known?.Lifetime ?? throw rows.Missing(Lifetime),
            Price = rows.Figure<HourlyPrice>(Price) ?? known?.Price,
            Purchase = rows.Figure<Money>(Purchase) ?? known?.Purchase,
        };
    }
}
