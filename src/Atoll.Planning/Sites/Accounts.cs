using Atoll.Footprint.Accounting;
using Atoll.Footprint.Quantities;
using Atoll.Planning.Models;

namespace Atoll.Planning.Sites;

/// <summary>From what an arm takes of sites and links to energy, carbon, water and money.</summary>
/// <remarks>
/// Compute = count × power × compute time. Overhead = count × idle power × waiting + (PUE − 1) × all of that.
/// Carbon = facility energy × intensity, by the grid and by contract. Water (Li and Ren 2023) = IT energy × (WUE + PUE × off-site).
/// Embodied = count × embodied × time held / lifetime. Network energy = data × kWh/GB, once for each link from end to end (a way over two sites' own ways out takes both); its carbon at the mean intensity of the two ends.
/// The formulas are Atoll.Footprint's; here they are applied to each site and link. Electricity is charged where the hardware is owned, or rented with a tariff given.
/// </remarks>
internal static class Accounts
{
    public static ArmOutcome Of(ReadOnlySpan<double> x, in ArmTimes times, double flops, ReadOnlySpan<SiteUse> sites, ReadOnlySpan<LinkUse> links, double? lossRatio = null)
    {
        Sums sums = default;
        foreach (ref readonly SiteUse use in sites)
        {
            Add(x, use, ref sums);
        }
        Dictionary<string, double> bits = new(links.Length);
        foreach (ref readonly LinkUse use in links)
        {
            Add(x, use, ref sums);
            bits[use.Link.Name] = bits.GetValueOrDefault(use.Link.Name) + use.BitsUp + use.BitsDown;
        }
        return new()
        {
            WallClockSeconds = times.WallClockSeconds,
            ComputeSeconds = times.ComputeSeconds,
            ExposedCommunicationSeconds = times.ExposedCommunicationSeconds,
            HiddenCommunicationSeconds = times.HiddenCommunicationSeconds,
            WaitingSeconds = times.WaitingSeconds,
            MovementSeconds = times.MovementSeconds,
            Utilization = times.Utilization,
            Flops = flops,
            ComputeJoules = sums.Compute.Value,
            OverheadJoules = sums.Overhead.Value,
            NetworkJoules = sums.Network.Value,
            LocationBasedGrams = sums.Location.Value,
            MarketBasedGrams = sums.Market.Value,
            NetworkGrams = sums.NetworkCarbon.Value,
            EmbodiedGrams = sums.Embodied.Value,
            WaterLitres = sums.Water.Value,
            HardwareDollars = sums.Hardware.Value,
            ElectricityDollars = sums.Electricity.Value,
            NetworkDollars = sums.Lines.Value,
            CapitalDollars = sums.Capital.Value,
            LossRatio = lossRatio,
            LinkBits = bits,
        };
    }

    private static void Add(ReadOnlySpan<double> x, in SiteUse use, ref Sums sums)
    {
        SiteInputs site = use.Site;
        Quantity<Energy> compute = default, idle = default;
        if (site.Hardware is { } hardware)
        {
            double count = x[hardware.CountIndex], devices = count * use.Share;
            Quantity<Time> held = new(use.HeldSeconds), lifetime = new(x[hardware.LifetimeIndex]);
            compute = TrainingWork.Energy(devices, new(x[hardware.PowerIndex]), new(use.ComputeSeconds));
            idle = TrainingWork.Energy(devices, new(x[hardware.IdlePowerIndex]), new(use.IdleSeconds));
            sums.Embodied += EmbodiedCarbon.Of(new(x[hardware.EmbodiedIndex]), held, lifetime) * devices;
            if (hardware.PriceIndex is { } price)
            {
                sums.Hardware += HardwareCost.Rented(devices, held, new(x[price]));
            }
            if (hardware.PurchaseIndex is { } purchase)
            {
                sums.Hardware += HardwareCost.Owned(devices, new(x[purchase]), held, lifetime);
                sums.Capital += new Quantity<Money>(count * x[purchase]);
            }
        }
        double pue = x[site.PueIndex];
        Quantity<Energy> machines = compute + idle + new Quantity<Energy>(use.OtherJoules), facility = Facility.Total(machines, pue);
        Quantity<CarbonIntensity> grid = new(double.IsNaN(use.Intensity) ? x[site.GridIndex] : use.Intensity);
        sums.Compute += compute;
        sums.Overhead += facility - compute;
        sums.Location += OperationalCarbon.LocationBased(facility, grid);
        // Without a contract of its own, what the site buys is the grid's.
        sums.Market += OperationalCarbon.MarketBased(facility, 1, site.MarketIndex == site.GridIndex ? grid : new(x[site.MarketIndex]), grid);
        sums.Water += WaterUse.Of(machines, pue, new(x[site.WueIndex]), new(x[site.OffSiteWaterIndex]));
        if (site.TariffIndex is { } tariff)
        {
            sums.Electricity += HardwareCost.Electricity(facility, new(x[tariff]));
        }
    }

    private static void Add(ReadOnlySpan<double> x, in LinkUse use, ref Sums sums)
    {
        LinkInputs link = use.Link;
        double lines = link.Lines(x);
        Quantity<Data> data = new(use.BitsUp + use.BitsDown);
        Quantity<Time> held = new(use.HeldSeconds);
        Quantity<Energy> energy = NetworkEnergy.Of(data, new Quantity<DataEnergy>(x[link.EnergyIndex]));
        sums.Network += energy;
        sums.NetworkCarbon += OperationalCarbon.LocationBased(energy, new(link.To is { } to ? (x[link.From.GridIndex] + x[to.GridIndex]) / 2 : x[link.From.GridIndex]));
        if (link.FibreIndex is { } fibre)
        {
            Quantity<Money> capital = Capital.Fibre(new(x[link.DistanceIndex!.Value]), new(x[fibre])) * lines;
            sums.Capital += capital;
            sums.Lines += Capital.Share(capital, held, new(x[link.FibreLifetimeIndex!.Value]));
        }
        if (link.LeasedIndex is { } leased)
        {
            sums.Lines += NetworkCost.Lease(held, new(x[leased])) * lines;
        }
        if (link.TransitIndex is { } transit)
        {
            sums.Lines += NetworkCost.Transit(new(Math.Max(link.Up(x), link.Down(x))), new(x[transit]), held) * lines;
        }
        if (link.EgressIndex is { } egress)
        {
            sums.Lines += NetworkCost.Egress(data, new(x[egress]));
        }
    }

    private struct Sums
    {
        public Quantity<Energy> Compute, Overhead, Network;
        public Quantity<Carbon> Location, Market, NetworkCarbon, Embodied;
        public Quantity<Water> Water;
        public Quantity<Money> Hardware, Electricity, Lines, Capital;
    }
}
