using Atoll.Experiments.Sites;
using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;
using Atoll.Planning.File;

namespace Atoll.Planning.Sites;

/// <summary>A site of a plan file to inputs.</summary>
/// <param name="folder">From which paths of traces start.</param>
internal sealed class SiteReader(Figures figures, Workload workload, string folder, LiveAnswers live)
{
    private const string Industry = "industry", AmbientAir = "ambient-air";

    private static readonly string[] NotInside = ["technology", "energy", "fibre", "leased", "transit", "egress"];

    private readonly HardwareReader _hardware = new(figures, workload);
    private readonly GridReader _grids = new(figures, folder, live);

    public SiteInputs Read(string name, Site site)
    {
        string path = $"sites.{name}";
        HardwareInputs? hardware = _hardware.Read(name, site);
        OperatorEntry? named = figures.Named(site.Operator, $"{path}.operator", figures.Catalog.OperatorNamed);
        GridReader.Grid grid = _grids.Read(name, site.Grid);
        CheckClients(path, site);
        return new()
        {
            Name = name,
            Hardware = hardware,
            ClientsIndex = site.Clients is { } clients ? figures.Given($"{path}.clients", new Estimate<Count>(clients)) : null,
            PueIndex = figures.Add($"{path}.pue", site.Pue, () => named?.Pue ?? Otherwise(hardware, "PUE").Pue),
            WueIndex = figures.Add($"{path}.wue", site.Wue, () => named?.Wue ?? Otherwise(hardware, "WUE").Wue ?? Defaults.NotGiven<WaterIntensity>("water of cooling")),
            OffSiteWaterIndex = figures.Table.Add($"{path}.off-site-water", OffSiteWater(grid.Country)),
            GridIndex = grid.Index,
            MarketIndex = figures.Maybe($"{path}.market-intensity", site.MarketIntensity) ?? grid.Index,
            TariffIndex = Tariff(path, site, hardware, grid.Country),
            DataIndex = figures.Maybe($"{path}.data", site.Data),
            Interconnect = site.Interconnect is { } inside && hardware is not null ? Inside($"{path}.interconnect", inside) : null,
            Trace = grid.Trace,
            Country = grid.Country,
        };
    }

    private void CheckClients(string path, Site site)
    {
        if (site.Clients is not { } clients)
        {
            return;
        }
        if (!(clients.Value >= 1))
        {
            figures.File.Refuse($"{path}.clients", $"must be at least 1 (was {clients})");
        }
        else if (site.Count is { } count && clients > count.Low)
        {
            figures.File.Refuse($"{path}.clients", $"must be at most the count of devices, {count}, which are spread over them (was {clients})");
        }
    }

    /// <summary>Whose PUE and WUE stand for a site of which nothing is said: the industry's for what stands in facilities, ambient air for what does not.</summary>
    private OperatorEntry Otherwise(HardwareInputs? hardware, string what)
    {
        bool device = hardware is { Kind: not ("accelerator" or "server") };
        OperatorEntry entry = figures.Catalog.OperatorNamed(device ? AmbientAir : Industry);
        string why = device ? $"No {what} is given: a device in ambient air" : $"No {what} and no operator is given: the industry's";
        return entry with { Pue = Figures.Assume(entry.Pue, why), Wue = entry.Wue is { } wue ? Figures.Assume(wue, why) : null };
    }

    private Sourced<WaterIntensity> OffSiteWater(string? country)
    {
        Sourced<WaterIntensity> water = figures.Catalog.OffSiteWaterOf(country ?? WaterEntry.World);
        return country is null ? Figures.Assume(water, "The grid names no country: the world's") : water;
    }

    /// <summary>A rent has electricity in it, unless a tariff is given beside it.</summary>
    private int? Tariff(string path, Site site, HardwareInputs? hardware, string? country)
    {
        if (site.Tariff is null && hardware?.Ownership is Ownership.Rented)
        {
            figures.Rents.Add(path["sites.".Length..]);
            return null;
        }
        return figures.Add($"{path}.tariff", site.Tariff, () => country is not null && figures.Catalog.ElectricityOf(country) is { } price
            ? Figures.Assume(price.Price, $"No tariff is given: industry's in {price.Label}")
            : Middle());
    }

    /// <summary>Of all countries that the catalog has a tariff of.</summary>
    private Sourced<EnergyPrice> Middle()
    {
        Quantity<EnergyPrice>[] prices = [.. figures.Catalog.Electricity.Select(e => e.Price.Value).Order()];
        return prices.Length == 0 ? Defaults.NotGiven<EnergyPrice>("price of electricity") : new()
        {
            Value = prices[prices.Length / 2],
            Low = prices[0],
            High = prices[^1],
            Origin = new() { Basis = Basis.Assumed, Source = $"the median of the catalog's {prices.Length} countries, because no tariff is given and none is known of the grid's country" },
        };
    }

    private InterconnectInputs? Inside(string path, Connection inside)
    {
        foreach (string field in NotInside.Where(f => figures.File.Has($"{path}.{f}")))
        {
            figures.File.Refuse($"{path}.{field}", "must not be given: energy and price of the network inside a site are in its hardware's");
        }
        if (inside.Bandwidth is not { } bandwidth)
        {
            figures.File.Refuse($"{path}.bandwidth", "is missing: must be the bandwidth of one accelerator");
            return null;
        }
        if (bandwidth.Up != bandwidth.Down)
        {
            figures.File.Refuse($"{path}.bandwidth", "must be one bandwidth: accelerators send and receive alike");
        }
        Estimate<Time>? latency = inside.Latency ?? (inside.Distance is { } d ? new(Delay(d.Value), Delay(d.Low), Delay(d.High)) : null);
        return new(figures.Given($"{path}.bandwidth", bandwidth.Up), figures.Add($"{path}.latency", latency, () => Defaults.InterconnectLatency));
    }

    private static Quantity<Time> Delay(Quantity<Distance> distance) => new(distance.Value * LinkInputs.SecondsPerMetre);
}
