using Atoll.Planning.Arms;
using Atoll.Planning.Inputs;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>Rounds with a server inside regions; after every so many, the regions' servers average over the network between them.</summary>
/// <remarks>
/// A round of a region: inner steps × step time, then the slowest site's changes up and the average down (<see cref="Timing.AllReduce.ParameterServer"/>, the server's line
/// shared). A batch is split over all sites by their rates, so regions differ in their networks only; those that are ahead wait before the average between regions,
/// an all-reduce of the whole model. Nothing is hidden.
/// </remarks>
internal sealed class HybridModel : IArmModel
{
    private readonly WorkloadInputs _workload;
    private readonly ServerRoute[][] _regions;
    private readonly SiteInputs[] _sites;
    private readonly Exchange _between;
    private readonly Pace _pace;
    private readonly int _regionalRoundsIndex;

    private HybridModel(ArmContext context, Hybrid arm, ServerRoute[][] regions)
    {
        (_workload, _regions) = (context.Workload, regions);
        _sites = [.. regions.SelectMany(r => r).Select(r => r.Site)];
        _between = new(context.Network.Over([.. regions.Select(r => r[0].Site.Name)], out _)!);
        _pace = new() { BitsIndex = context.Note("bits", arm.Bits), InnerStepsIndex = context.Note("inner-steps", arm.InnerSteps) };
        _regionalRoundsIndex = context.Note("regional-rounds", arm.RegionalRounds);
        Formulas = TimeFormulas(context.Inputs);
    }

    public IReadOnlyList<Formula> Formulas { get; }

    public static (IArmModel Model, PrivacyPlan Privacy)? Create(Hybrid arm, ArmContext context)
    {
        List<ServerRoute[]> regions = [];
        bool isLinked = true;
        foreach ((string region, Region given) in arm.Regions)
        {
            SiteInputs server = context.Sites[given.Sites[0]];
            List<ServerRoute> routes = [];
            foreach (string name in given.Sites)
            {
                if (ServerRoute.Between(context.Network, context.Sites[name], server) is { } route)
                {
                    routes.Add(route);
                }
                else
                {
                    isLinked = false;
                    context.Refuse($"regions.{region}.sites", $"must all be linked with the first, the region's coordinator: no links lead from {name} to {server.Name}");
                }
            }
            regions.Add([.. routes]);
        }
        return isLinked ? (new HybridModel(context, arm, [.. regions]), Privacy(regions)) : null;
    }

    public ArmOutcome Evaluate(ReadOnlySpan<double> x)
    {
        double rate = 0;
        foreach (SiteInputs site in _sites)
        {
            rate += site.Rate(x);
        }
        double steps = _workload.Steps(x), step = _workload.StepSeconds(x, rate), bits = _workload.Parameters(x) * _pace.Bits(x);
        int innerSteps = _pace.InnerSteps(x);
        double rounds = Math.Max(1, Math.Round(x[_regionalRoundsIndex])), periods = steps / (innerSteps * rounds);

        double slowest = 0, mean = 0;
        LinkTally tally = new(_sites.Length);
        foreach (ServerRoute[] region in _regions)
        {
            double exchange = 0;
            foreach (ServerRoute route in region)
            {
                exchange = Math.Max(exchange, route.Seconds(x, bits, bits, here: 1, everywhere: region.Length - 1));
                route.Count(tally, bits * periods * rounds, bits * periods * rounds);
            }
            slowest = Math.Max(slowest, exchange);
            mean += exchange * region.Length / _sites.Length;
        }
        _between.Count(tally, bits * periods);

        double outer = _between.Seconds(x, bits), compute = steps * step, wall = compute + periods * (rounds * slowest + outer);
        SiteUse[] uses = new SiteUse[_sites.Length];
        for (int i = 0; i < uses.Length; i++)
        {
            uses[i] = new(_sites[i]) { ComputeSeconds = compute, IdleSeconds = wall - compute, HeldSeconds = wall };
        }
        ArmTimes times = new()
        {
            WallClockSeconds = wall,
            ComputeSeconds = compute,
            ExposedCommunicationSeconds = periods * (rounds * mean + outer),
            WaitingSeconds = periods * rounds * (slowest - mean),
            Utilization = compute / wall,
        };
        return Accounts.Of(x, times, _workload.Flops(x, rate), uses, tally.Held(wall));
    }

    private static PrivacyPlan Privacy(IReadOnlyList<ServerRoute[]> regions) => new()
    {
        RawData = "nowhere: each site trains on what lies there",
        CoordinatorSees = $"in each region its first site ({string.Join(", ", regions.Select(r => r[0].Site.Name))}) sees every site's changes of the model, from which parts of its data may be reconstructed; between regions there are sums only",
        Facts = [.. Borders.Facts("Changes of the model", regions.SelectMany(r => r).Select(r => r.Site))],
    };

    private IReadOnlyList<Formula> TimeFormulas(InputTable table)
    {
        LinkInputs[] links = [.. _regions.SelectMany(r => r).SelectMany(r => r.Links).Concat(_between.Links).DistinctBy(l => l.Name)];
        string[] work = [.. AccountFormulas.Paths(table, _workload.Indices), .. AccountFormulas.Paths(table, [.. _sites.SelectMany(s => s.RateIndices)])];
        string[] all = [.. work, .. AccountFormulas.Paths(table, [_pace.BitsIndex, _pace.InnerStepsIndex, _regionalRoundsIndex, .. links.SelectMany(l => l.TimeIndices)])];
        return
        [
            new()
            {
                Output = "compute-hours",
                Text = _workload.KnowsStepTime ? "steps × step time" : "operations / sum of (count × rate) over the sites, whose shares of a batch are by their rates",
                Source = "Patterson et al. 2021, arXiv 2104.10350",
                Inputs = work,
            },
            new()
            {
                Output = "exposed-communication-hours",
                Text = $"rounds × mean over sites of (bits/up + bits/down + round trip) in their regions + rounds / regional rounds × average between regions: {_between.Description}",
                Inputs = all,
            },
            new() { Output = "hidden-communication-hours", Text = "0: sites wait while they exchange", Inputs = [] },
            new() { Output = "waiting-hours", Text = "rounds × (exchange of the slowest region − mean over sites)", Inputs = all },
            new() { Output = "wall-clock-hours", Text = "computing + waiting for the network + waiting for the slowest region", Inputs = all },
            new() { Output = "utilization", Text = "computing / wall-clock time", Inputs = all },
            new() { Output = "loss-ratio", Text = "none: no published law gives the loss of averaging at two levels", Inputs = [] },
            .. AccountFormulas.Of(table, _sites, links),
        ];
    }
}
