using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>What a carbon-aware arm comes to: the centralized runs at its sites, each by its share of the job and at the intensity of its hours.</summary>
internal static class CarbonAwareOutcome
{
    /// <param name="centralized">By site.</param>
    public static ArmOutcome Of(ReadOnlySpan<double> x, ArmOutcome[] centralized, CarbonAwareUse use, CarbonAwareJob job, double stepSeconds, IReadOnlyList<SiteInputs> sites, CarbonAwareMoves? moves)
    {
        LinkUse[] moved = moves is null ? [] : moves.Uses(x, use.Moves);
        double compute = 0, exposed = 0, hidden = 0, movement = 0, flops = 0, run = 0, moving = 0, location = 0, market = 0;
        for (int site = 0; site < centralized.Length; site++)
        {
            ArmOutcome o = centralized[site];
            double done = use.Done[site], relative = use.Relative[site];
            compute += done * o.ComputeSeconds;
            exposed += done * o.ExposedCommunicationSeconds;
            hidden += done * o.HiddenCommunicationSeconds;
            flops += done * o.Flops;
            run += done * job.Steps[site] * stepSeconds;
            location += done * o.LocationBasedGrams * relative;
            // Without a contract of its own, what the site buys is the grid's.
            market += done * o.MarketBasedGrams * (sites[site].MarketIndex == sites[site].GridIndex ? relative : 1);
            // Every site that is used must have the data before.
            movement = moves is null ? movement + done * o.MovementSeconds : Math.Max(movement, use.Used[site] > 0 ? o.MovementSeconds : 0);
            for (int to = 0; moves is not null && to < centralized.Length; to++)
            {
                moving += use.Moves[site, to] > 0 ? use.Moves[site, to] * moves.Seconds(x, site, to) : 0;
            }
        }
        ArmTimes none = new() { WallClockSeconds = 0, ComputeSeconds = 0, Utilization = 1 };
        ArmOutcome transfers = Accounts.Of(x, none, flops, [], moved);
        double end = use.EndSteps * stepSeconds;
        double Done(Func<ArmOutcome, double> figure) => Sum(centralized, use.Done, figure);
        double Used(Func<ArmOutcome, double> figure) => Sum(centralized, use.Used, figure);
        return new()
        {
            WallClockSeconds = movement + end,
            ComputeSeconds = compute,
            ExposedCommunicationSeconds = exposed + moving,
            HiddenCommunicationSeconds = hidden,
            WaitingSeconds = Math.Max(0, end - run - moving),
            MovementSeconds = movement,
            Utilization = compute / (run + moving),
            Flops = flops,
            ComputeJoules = Done(o => o.ComputeJoules),
            OverheadJoules = Done(o => o.OverheadJoules),
            NetworkJoules = Used(o => o.NetworkJoules) + transfers.NetworkJoules,
            LocationBasedGrams = location,
            MarketBasedGrams = market,
            NetworkGrams = Used(o => o.NetworkGrams) + transfers.NetworkGrams,
            EmbodiedGrams = Done(o => o.EmbodiedGrams),
            WaterLitres = Done(o => o.WaterLitres),
            HardwareDollars = Done(o => o.HardwareDollars),
            ElectricityDollars = Done(o => o.ElectricityDollars),
            NetworkDollars = Used(o => o.NetworkDollars) + transfers.NetworkDollars,
            CapitalDollars = centralized.Where((_, site) => use.Used[site] > 0).Sum(o => o.CapitalDollars) + transfers.CapitalDollars,
            LossRatio = 1,
            LinkBits = Bits(centralized, use.Used, transfers),
        };
    }

    private static double Sum(ArmOutcome[] outcomes, double[] shares, Func<ArmOutcome, double> figure) => outcomes.Zip(shares, (o, share) => share * figure(o)).Sum();

    private static Dictionary<string, double> Bits(ArmOutcome[] outcomes, double[] used, ArmOutcome transfers)
    {
        Dictionary<string, double> bits = new(transfers.LinkBits);
        for (int site = 0; site < outcomes.Length; site++)
        {
            foreach ((string link, double sent) in outcomes[site].LinkBits.Where(_ => used[site] > 0))
            {
                bits[link] = bits.GetValueOrDefault(link) + used[site] * sent;
            }
        }
        return bits;
    }
}
