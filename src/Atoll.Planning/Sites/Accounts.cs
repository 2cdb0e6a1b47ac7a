using Atoll.Planning.Models;

namespace Atoll.Planning.Sites;

/// <summary>From what an arm takes of sites and links to energy, carbon, water and money.</summary>
/// <remarks>
/// Compute = count × power × compute time. Overhead = count × idle power × waiting + (PUE − 1) × all of that.
/// Carbon = facility energy × intensity, by the grid and by contract. Water (Li and Ren 2023) = IT energy × (WUE + PUE × off-site).
/// Embodied = count × embodied × time held / lifetime. Network energy = data × kWh/GB, once for each link; its carbon at the mean intensity of the two ends.
/// Electricity is charged where the hardware is owned, or rented with a tariff given.
/// </remarks>
internal static class Accounts
{
    private const double JoulesPerKilowattHour = 3.6e6;
    private const double BitsPerGigabyte = 8e9;
    private const double SecondsPerHour = 3600;
    private const double SecondsPerMonth = 730.5 * 3600;

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
            ComputeJoules = sums.ComputeJoules,
            OverheadJoules = sums.OverheadJoules,
            NetworkJoules = sums.NetworkJoules,
            LocationBasedGrams = sums.LocationGrams,
            MarketBasedGrams = sums.MarketGrams,
            NetworkGrams = sums.NetworkGrams,
            EmbodiedGrams = sums.EmbodiedGrams,
            WaterLitres = sums.Litres,
            HardwareDollars = sums.HardwareDollars,
            ElectricityDollars = sums.ElectricityDollars,
            NetworkDollars = sums.NetworkDollars,
            CapitalDollars = sums.CapitalDollars,
            LossRatio = lossRatio,
            LinkBits = bits,
        };
    }

    private static void Add(ReadOnlySpan<double> x, in SiteUse use, ref Sums sums)
    {
        SiteInputs site = use.Site;
        double compute = 0, idle = 0;
        if (site.Hardware is { } hardware)
        {
            double devices = x[hardware.CountIndex] * use.Share, held = devices * use.HeldSeconds, lifetime = x[hardware.LifetimeIndex];
            compute = devices * x[hardware.PowerIndex] * use.ComputeSeconds;
            idle = devices * x[hardware.IdlePowerIndex] * use.IdleSeconds;
            sums.EmbodiedGrams += held * x[hardware.EmbodiedIndex] / lifetime;
            if (hardware.PriceIndex is { } price)
            {
                sums.HardwareDollars += held / SecondsPerHour * x[price];
            }
            if (hardware.PurchaseIndex is { } purchase)
            {
                sums.HardwareDollars += held * x[purchase] / lifetime;
                sums.CapitalDollars += x[hardware.CountIndex] * x[purchase];
            }
        }
        double machines = compute + idle + use.OtherJoules, pue = x[site.PueIndex], facility = machines * pue;
        double kilowattHours = facility / JoulesPerKilowattHour;
        sums.ComputeJoules += compute;
        sums.OverheadJoules += facility - compute;
        sums.LocationGrams += kilowattHours * (double.IsNaN(use.Intensity) ? x[site.GridIndex] : use.Intensity);
        sums.MarketGrams += kilowattHours * (site.MarketIndex == site.GridIndex && !double.IsNaN(use.Intensity) ? use.Intensity : x[site.MarketIndex]);
        sums.Litres += machines / JoulesPerKilowattHour * (x[site.WueIndex] + pue * x[site.OffSiteWaterIndex]);
        if (site.TariffIndex is { } tariff)
        {
            sums.ElectricityDollars += kilowattHours * x[tariff];
        }
    }

    private static void Add(ReadOnlySpan<double> x, in LinkUse use, ref Sums sums)
    {
        LinkInputs link = use.Link;
        double gigabytes = (use.BitsUp + use.BitsDown) / BitsPerGigabyte, kilowattHours = gigabytes * x[link.EnergyIndex], lines = link.Lines(x);
        double intensity = link.To is { } to ? (x[link.From.GridIndex] + x[to.GridIndex]) / 2 : x[link.From.GridIndex];
        sums.NetworkJoules += kilowattHours * JoulesPerKilowattHour;
        sums.NetworkGrams += kilowattHours * intensity;
        double capital = link.FibreCapital(x);
        sums.CapitalDollars += capital;
        sums.NetworkDollars += (capital > 0 ? capital * use.HeldSeconds / x[link.FibreLifetimeIndex!.Value] : 0)
            + (link.LeasedIndex is { } leased ? x[leased] * use.HeldSeconds / SecondsPerHour * lines : 0)
            + (link.TransitIndex is { } transit ? x[transit] * Math.Max(link.Up(x), link.Down(x)) / 1e6 * use.HeldSeconds / SecondsPerMonth * lines : 0)
            + (link.EgressIndex is { } egress ? x[egress] * gigabytes : 0);
    }

    private struct Sums
    {
        public double ComputeJoules, OverheadJoules, NetworkJoules, LocationGrams, MarketGrams, NetworkGrams, EmbodiedGrams, Litres;
        public double HardwareDollars, ElectricityDollars, NetworkDollars, CapitalDollars;
    }
}
