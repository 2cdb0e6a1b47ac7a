using Atoll.Dashboard.Figures;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Report;

/// <summary>A run small enough to draw: at most so many rounds and sites, each of them a real one.</summary>
internal static class Thinned
{
    public const int MostRounds = 400;

    /// <summary>Sites kept for each arm, evenly spaced in rank by the first metric: every half percent of a distribution.</summary>
    public const int MostRankedSites = 201;

    /// <summary>Sites whose labels are shown, evenly spaced in rank by training rows.</summary>
    public const int MostLabelSites = 40;

    public static RunResult Of(RunResult run, MetricFacts first) => run with
    {
        Data = run.Data with { Sites = Sites(run.Data) },
        Forecast = null,
        Arms = [.. run.Arms.Select(arm => Arm(arm, first))],
    };

    /// <summary>The sites whose labels are shown, in the run's order when all are, else from the largest down.</summary>
    public static IReadOnlyList<SiteFacts> Sites(DataFacts data) => data.Sites.Count <= MostLabelSites
        ? data.Sites
        : Even([.. data.Sites.OrderByDescending(site => site.TrainRows)], MostLabelSites);

    /// <summary>At most so many rounds, evenly spaced, the first and the last among them; only those that were evaluated.</summary>
    public static IReadOnlyList<RoundResult> Rounds(ArmResult arm, int most) =>
        Even([.. arm.Rounds.Where(round => round.Loss is not null || round.Metrics.Any(metric => metric.Value is not null))], most);

    public static IReadOnlyList<T> Even<T>(IReadOnlyList<T> all, int most) => all.Count <= most
        ? all
        : [.. Enumerable.Range(0, most).Select(i => all[(int)Math.Round((double)i * (all.Count - 1) / (most - 1))])];

    private static ArmResult Arm(ArmResult arm, MetricFacts first) => arm with
    {
        Rounds = [.. Rounds(arm, MostRounds).Select(round => round with { Loss = Finite(round.Loss), Metrics = Finite(round.Metrics), Seconds = Finite(round.Seconds) ?? 0 })],
        Data = null,
        Footprint = null, // the charts have it from CostData
        Settings = new Dictionary<string, string>(),
        Seconds = Finite(arm.Seconds) ?? 0,
        SamplesPerSecond = Finite(arm.SamplesPerSecond) ?? 0,
        GapToBaseline = arm.GapToBaseline is { } gap ? Finite(gap) : null,
        GapToBaselineSd = arm.GapToBaselineSd is { } spread ? Finite(spread) : null,
        Final = arm.Final is { } final ? Final(final, first) : null,
    };

    private static FinalResult Final(FinalResult final, MetricFacts first) => final with
    {
        PerSite = [.. Ranked(final.PerSite, first).Select(Site)],
        WorstSite = Site(final.WorstSite),
        MeanOfSites = Finite(final.MeanOfSites),
        Pooled = Finite(final.Pooled),
        MeanOfSitesSd = final.MeanOfSitesSd is { } sites ? Finite(sites) : null,
        PooledSd = final.PooledSd is { } pooled ? Finite(pooled) : null,
    };

    private static IReadOnlyList<SiteMetrics> Ranked(IReadOnlyList<SiteMetrics> sites, MetricFacts first) => sites.Count <= MostRankedSites
        ? sites
        : Even([.. sites.Where(site => Finite(site.Metrics.GetValueOrDefault(first.Name)) is not null).OrderBy(site => site.Metrics[first.Name])], MostRankedSites);

    private static SiteMetrics Site(SiteMetrics site) => site with { Metrics = Finite(site.Metrics), Sd = site.Sd is { } sd ? Finite(sd) : null };

    /// <summary>JSON has no word for a number that is none.</summary>
    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;

    private static Dictionary<string, double?> Finite(IReadOnlyDictionary<string, double?> values) =>
        values.ToDictionary(pair => pair.Key, pair => Finite(pair.Value), StringComparer.Ordinal);
}
