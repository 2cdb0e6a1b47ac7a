using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;
using Atoll.Planning.Arms;
using Atoll.Planning.Inputs;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;
using Atoll.Planning.Timing;

namespace Atoll.Planning.Models;

/// <summary>What the models of arms over several sites that step together are put together from.</summary>
internal static class IslandArm
{
    /// <param name="names">Two or more, linked with each other.</param>
    public static IslandTraining Training(ArmContext context, IReadOnlyList<string> names, Pace pace, ExchangeTiming timing)
    {
        Topology topology = context.Network.Over(names, out _)!;
        SiteInputs[] sites = [.. names.Select(n => timing is ExchangeTiming.Idealized ? WithInterconnect(context, context.Sites[n]) : context.Sites[n])];
        string[] elsewhere = [.. context.Sites.Values.Where(s => s.DataIndex is not null && !names.Contains(s.Name)).Select(s => s.Name)];
        if (elsewhere.Length > 0)
        {
            context.Notes.Add($"Arm {context.ArmName} leaves out the data at {string.Join(" and ", elsewhere)}: it neither trains on them nor moves them.");
        }
        return new() { Workload = context.Workload, Sites = sites, Exchange = new(topology), Pace = pace, Timing = timing };
    }

    /// <summary>Where the file gives none: the network that the paper has inside a site.</summary>
    private static SiteInputs WithInterconnect(ArmContext context, SiteInputs site)
    {
        Origin origin = new() { Basis = Basis.Assumed, Source = "the \"high\" network of Scaling Laws for DiLoCo, arXiv 2503.09799, because no interconnect is given", Year = 2025 };
        return site.Interconnect is not null ? site : site with
        {
            Interconnect = new(
                context.Inputs.Add<Bandwidth>($"sites.{site.Name}.interconnect.bandwidth", 400 * Bandwidth.GigabitPerSecond, origin),
                context.Inputs.Add<Time>($"sites.{site.Name}.interconnect.latency", 0.1 * Time.Millisecond, origin)),
        };
    }

    public static PrivacyPlan Privacy(IslandTraining training, string what, string when) => new()
    {
        RawData = "nowhere: each site trains on what lies there",
        CoordinatorSees = training.Sites.Count == 2
            ? $"there is none: {when} both sites get the sum of their {what}, and by taking off its own, each has the other's"
            : $"there is none: {when} every site gets the sum of all {what}, and neighbours see parts of each other's on the way",
        Facts = [.. Borders.Facts(char.ToUpperInvariant(what[0]) + what[1..], training.Sites)],
    };

    /// <summary>How times come from inputs.</summary>
    /// <param name="exposed">The rule of waiting for the network.</param>
    public static IReadOnlyList<Formula> Formulas(ArmContext context, IslandTraining training, string exposed, string source)
    {
        InputTable table = context.Inputs;
        IReadOnlyList<LinkInputs> links = training.Exchange.Links;
        string[] work = AccountFormulas.Paths(table, training.Workload.Indices);
        string[] rates = AccountFormulas.Paths(table, [.. training.Sites.SelectMany(s => s.RateIndices)]);
        string[] inside = AccountFormulas.Paths(table, [.. training.Sites.SelectMany(s => new[] { s.Interconnect?.BandwidthIndex, s.Interconnect?.LatencyIndex })]);
        string[] pace = AccountFormulas.Paths(table, [training.Pace.BitsIndex, training.Pace.InnerStepsIndex, training.Pace.FragmentsIndex, training.Pace.OverlapIndex]);
        string[] between = AccountFormulas.Paths(table, [.. links.SelectMany(l => l.TimeIndices)]);
        string[] all = [.. work, .. rates, .. inside, .. pace, .. between];
        string within = inside.Length == 0 ? "" : "; each step also waits for the average inside a site, (2 × bits/bandwidth)(1 − 1/count) + latency";
        return
        [
            new()
            {
                Output = "compute-hours",
                Text = training.Workload.KnowsStepTime ? "steps × step time" : "operations / sum of (count × rate) over the sites, whose shares of a batch are by their rates",
                Source = "Patterson et al. 2021, arXiv 2104.10350",
                Inputs = [.. work, .. rates],
            },
            new() { Output = "exposed-communication-hours", Text = $"{exposed}{within}. One average: {training.Exchange.Description}", Source = source, Inputs = all },
            new() { Output = "hidden-communication-hours", Text = "time for which the links are at work, without the time that is waited for them", Source = source, Inputs = all },
            new() { Output = "waiting-hours", Text = "0: each site's share of a batch is by its rate, so all end a step together", Inputs = [] },
            new() { Output = "wall-clock-hours", Text = "computing + waiting for the network", Inputs = all },
            new() { Output = "utilization", Text = "computing / (computing + waiting for the network)", Source = source, Inputs = all },
            .. AccountFormulas.Of(table, training.Sites, links),
        ];
    }

    public static Formula Loss(ArmContext context, int sites, string note)
    {
        double parameters = context.Workload.Parameters(context.Inputs.Values());
        if (DiLoCoLoss.Note(sites, parameters) is { } warning)
        {
            context.Notes.Add($"Loss against data-parallel training: {warning}");
        }
        return new()
        {
            Output = "loss-ratio",
            Text = $"A·N^α of {sites} sites / A·N^α of data-parallel training, N parameters{note}",
            Source = "Charles et al. 2025, Scaling Laws for DiLoCo, arXiv 2503.09799",
            Inputs = AccountFormulas.Paths(context.Inputs, [context.Workload.ParametersIndex]),
        };
    }
}
