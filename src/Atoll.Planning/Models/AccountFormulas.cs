using Atoll.Planning.Inputs;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>How energy, carbon, water and money come from inputs, for any arm: what <see cref="Accounts"/> computes, in words.</summary>
internal static class AccountFormulas
{
    /// <param name="sites">Those that the arm uses.</param>
    /// <param name="links">Those that the arm uses.</param>
    public static IReadOnlyList<Formula> Of(InputTable table, IReadOnlyList<SiteInputs> sites, IReadOnlyList<LinkInputs> links)
    {
        HardwareInputs[] hardware = [.. sites.Select(s => s.Hardware).OfType<HardwareInputs>()];
        string[] power = Paths(table, [.. hardware.SelectMany(h => new int?[] { h.CountIndex, h.PowerIndex })]);
        string[] overhead = Paths(table, [.. hardware.Select(h => (int?)h.IdlePowerIndex), .. sites.Select(s => (int?)s.PueIndex)]);
        string[] grids = Paths(table, [.. sites.Select(s => (int?)s.GridIndex)]), contracts = Paths(table, [.. sites.Select(s => (int?)s.MarketIndex)]);
        string[] carried = Paths(table, [.. links.Select(l => (int?)l.EnergyIndex)]);
        string[] ends = Paths(table, [.. links.SelectMany(l => new int?[] { l.From.GridIndex, l.To?.GridIndex })]);
        string[] tariffs = Paths(table, [.. sites.Select(s => s.TariffIndex)]);
        string[] prices = Paths(table, [.. hardware.SelectMany(h => new[] { h.PriceIndex, h.PurchaseIndex, h.PurchaseIndex is null ? null : h.LifetimeIndex })]);
        string[] lines = Paths(table, [.. links.SelectMany(l => l.PriceIndices)]);
        return
        [
            new() { Output = "energy-kwh.compute", Text = "count × power × time of computing", Source = "Patterson et al. 2021, arXiv 2104.10350", Inputs = power },
            new() { Output = "energy-kwh.overhead", Text = "count × idle power × time of waiting + (PUE − 1) × (energy of computing and waiting)", Source = "ISO/IEC 30134-2 (PUE)", Inputs = [.. power, .. overhead] },
            new() { Output = "energy-kwh.network", Text = "data over each link × energy of carrying data", Inputs = carried },
            new() { Output = "energy-kwh.total", Text = "computing + overhead + network", Inputs = [.. power, .. overhead, .. carried] },
            new() { Output = "carbon-kg.location-based", Text = "energy of each facility × intensity of its grid", Source = "GHG Protocol Scope 2 Guidance", Inputs = [.. power, .. overhead, .. grids] },
            new() { Output = "carbon-kg.market-based", Text = "energy of each facility × intensity by its contract (the grid's where none is given)", Source = "GHG Protocol Scope 2 Guidance", Inputs = [.. power, .. overhead, .. contracts] },
            new() { Output = "carbon-kg.network", Text = "energy over each link × mean intensity of its two ends", Inputs = [.. carried, .. ends] },
            new()
            {
                Output = "carbon-kg.embodied",
                Text = "count × embodied × time held / lifetime",
                Source = "ISO/IEC 21031:2024 (SCI); Luccioni et al. 2022, arXiv 2211.02001",
                Inputs = Paths(table, [.. hardware.SelectMany(h => new int?[] { h.CountIndex, h.EmbodiedIndex, h.LifetimeIndex })]),
            },
            new() { Output = "carbon-kg.total", Text = "location-based + network + embodied", Inputs = [.. power, .. overhead, .. grids, .. carried] },
            new()
            {
                Output = "water-litres",
                Text = "energy of the computers × (WUE + PUE × water of making electricity)",
                Source = "Li, Yang, Islam and Ren 2023, arXiv 2304.03271",
                Inputs = [.. power, .. overhead, .. Paths(table, [.. sites.SelectMany(s => new int?[] { s.WueIndex, s.OffSiteWaterIndex })])],
            },
            new() { Output = "cost-usd.hardware", Text = "rented: count × hours held × price; owned: count × purchase × time held / lifetime", Inputs = [.. power, .. prices] },
            new()
            {
                Output = "cost-usd.electricity",
                Text = tariffs.Length == 0 ? "in the rent" : "energy of each facility × tariff, where the rent does not have it in",
                Inputs = tariffs.Length == 0 ? [] : [.. power, .. overhead, .. tariffs],
            },
            new() { Output = "cost-usd.network", Text = "fibre: length × price × time held / lifetime; lease × time held; transit × bandwidth × months; egress × data", Inputs = lines },
            new() { Output = "cost-usd.total", Text = "hardware + electricity + network", Inputs = [.. power, .. prices, .. tariffs, .. lines] },
            new() { Output = "capital-usd", Text = "fibre: length × price; owned hardware: count × purchase", Inputs = [.. prices, .. lines] },
            new() { Output = "cost-per-exaflop-usd", Text = "cost / (operations / 10¹⁸)", Inputs = [.. power, .. prices, .. tariffs, .. lines] },
            new()
            {
                Output = "sci-grams-per-exaflop",
                Text = "((E × I) + M) / R: energy of sites and networks × intensity, location-based, and embodied carbon; R = operations / 10¹⁸",
                Source = "ISO/IEC 21031:2024 (SCI)",
                Inputs = [.. power, .. overhead, .. grids, .. carried],
            },
            new() { Output = "effective-pue", Text = "(computing + overhead) / computing: the sites' own PUE, and what waiting and coordinating add", Inputs = [.. power, .. overhead] },
        ];
    }

    /// <summary>Paths of indices, each once, without those that are null.</summary>
    public static string[] Paths(InputTable table, IReadOnlyList<int?> indices) => [.. indices.OfType<int>().Distinct().Select(i => table.Inputs[i].Path)];
}
