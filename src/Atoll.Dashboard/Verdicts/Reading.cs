using Atoll.Dashboard.Figures;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Verdicts;

/// <summary>A run seen by its first metric: the figures that verdict, tables and charts all start from.</summary>
internal sealed class Reading
{
    public Reading(RunResult run)
    {
        Run = run;
        Baseline = run.Arms.FirstOrDefault(arm => arm.Name == run.Baseline);
        Local = run.Arms.FirstOrDefault(arm => arm.Kind == "local" && arm.Name != run.Baseline);
        Metrics = [.. MetricNames(run).Select(MetricFacts.Of)];
        First = Metrics.Count > 0 ? Metrics[0] : MetricFacts.Of("loss");
        NotPooled = [.. Metrics.Where(metric => IsOfSitesAlone(run, metric.Name))];
        IsMeanOfSites = NotPooled.Contains(First);
    }

    public RunResult Run { get; }

    /// <summary>Null in a live run: rows that never meet cannot be trained on together.</summary>
    public ArmResult? Baseline { get; }

    /// <summary>The first arm that trains every site alone.</summary>
    public ArmResult? Local { get; }

    /// <summary>In the experiment file's order.</summary>
    public IReadOnlyList<MetricFacts> Metrics { get; }

    /// <summary>What arms are ranked by.</summary>
    public MetricFacts First { get; }

    /// <summary>Metrics that sites have and the whole has not, because they need all test rows in one place.</summary>
    public IReadOnlyList<MetricFacts> NotPooled { get; }

    /// <summary>Whether the first metric is one of those: arms are then ranked by its mean over the sites.</summary>
    public bool IsMeanOfSites { get; }

    /// <summary>Of which rows <see cref="Pooled"/> is.</summary>
    public string Where => IsMeanOfSites ? "as the mean of the sites" : "on all test rows";

    public bool IsBaseline(ArmResult arm) => arm.Name == Run.Baseline;

    /// <summary>The first metric at the end, on all test rows; its mean over the sites where those never met.</summary>
    public Measured? Pooled(ArmResult? arm) => IsMeanOfSites
        ? Measured.From(First.Name, arm?.Final?.MeanOfSites, arm?.Final?.MeanOfSitesSd)
        : Measured.From(First.Name, arm?.Final?.Pooled, arm?.Final?.PooledSd);

    /// <summary>Arms that came to their end, from the best.</summary>
    public IReadOnlyList<ArmResult> Ranked() =>
    [
        .. Run.Arms.Where(arm => Pooled(arm) is not null).OrderByDescending(arm => First.HigherIsBetter ? Pooled(arm)!.Value.Value : -Pooled(arm)!.Value.Value),
    ];

    /// <summary>What an arm is held against where there is no baseline: the best of the others.</summary>
    public ArmResult? Rival(ArmResult arm) => Ranked().FirstOrDefault(other => other.Name != arm.Name);

    /// <summary>The first metric at each site where it is defined.</summary>
    public IEnumerable<(string Site, Measured Value)> Sites(ArmResult? arm)
    {
        foreach (var site in arm?.Final?.PerSite ?? [])
        {
            if (Measured.From(First.Name, site.Metrics, site.Sd) is { } value)
            {
                yield return (site.Site, value);
            }
        }
    }

    public Comparison? Against(ArmResult arm, ArmResult? other) =>
        other is not null && other.Name != arm.Name && Pooled(arm) is { } ours && Pooled(other) is { } theirs
            ? new Comparison(First, ours, theirs)
            : null;

    /// <summary>An arm's final pooled metric minus the baseline's, as the run says, or from the figures where it does not.</summary>
    public double? Gap(ArmResult arm, MetricFacts metric) =>
        IsBaseline(arm) ? null
        : arm.GapToBaseline?.GetValueOrDefault(metric.Name)
            ?? (arm.Final?.Pooled.GetValueOrDefault(metric.Name) - Baseline?.Final?.Pooled.GetValueOrDefault(metric.Name));

    private static bool IsOfSitesAlone(RunResult run, string metric)
    {
        FinalResult[] finals = [.. run.Arms.Select(arm => arm.Final).OfType<FinalResult>()];
        return finals.All(final => Measured.From(metric, final.Pooled, null) is null) && finals.Any(final => Measured.From(metric, final.MeanOfSites, null) is not null);
    }

    private static IEnumerable<string> MetricNames(RunResult run)
    {
        var finals = run.Arms.SelectMany(arm => arm.Final?.Pooled.Keys ?? []);
        var rounds = run.Arms.SelectMany(arm => arm.Rounds.Take(1).SelectMany(round => round.Metrics.Keys));
        return finals.Concat(rounds).Distinct(StringComparer.Ordinal);
    }
}
