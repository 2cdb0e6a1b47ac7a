using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Tests.Samples;

/// <summary>What a run across machines leaves: federated arms alone, energy as the sites metered it, and no AUC over rows that never met.</summary>
internal static class LiveRun
{
    public static RunResult Make()
    {
        var run = SampleRun.Hospitals();
        return run with
        {
            Repeats = 1,
            Arms = [.. run.Arms.Where(arm => arm.Kind == "federated").Select(Across)],
            Live = new LiveFacts
            {
                Run = "hospitals-20260314-0926",
                Started = new DateTimeOffset(2026, 3, 14, 9, 14, 2, TimeSpan.Zero),
                Entries = 1482,
                Root = SampleStatus.Hash("root").ToString(),
                Fingerprint = "sha256:" + SampleStatus.Hash("key"),
                Rejected = 2,
            },
        };
    }

    /// <summary>The same where the metric that arms are ranked by is the one that needs all rows.</summary>
    public static RunResult RankedByAuc()
    {
        var run = Make();
        return run with
        {
            Arms = [.. run.Arms.Select(arm => arm with { Rounds = [.. arm.Rounds.Select(round => round with { Metrics = AucFirst(round.Metrics) })], Final = arm.Final is { } final ? final with { Pooled = AucFirst(final.Pooled) } : null })],
        };
    }

    private static ArmResult Across(ArmResult arm, int index) => arm with
    {
        GapToBaseline = null,
        Rounds = [.. arm.Rounds.Select(round => round with { Metrics = WithoutAuc(round.Metrics) })],
        Final = arm.Final is not { } final ? null : final with
        {
            Pooled = WithoutAuc(final.Pooled),
            PooledSd = null,
            MeanOfSitesSd = null,
            PerSite = [.. final.PerSite.Select(site => site with { Sd = null })],
        },
        Footprint = new()
        {
            Measured = new()
            {
                Seconds = arm.Seconds,
                Energy =
                [
                    new() { Component = "Cleveland", EnergyKWh = (index + 1) * 2e-4, Basis = "measured", Source = "RAPL package-0" },
                    new() { Component = "the other sites", EnergyKWh = (index + 1) * 5e-4, Basis = "modelled", Source = "processor load" },
                ],
                EnergyKWh = (index + 1) * 7e-4,
            },
        },
    };

    private static Dictionary<string, double?> WithoutAuc(IReadOnlyDictionary<string, double?> metrics) => new(metrics) { ["auc"] = null };

    private static Dictionary<string, double?> AucFirst(IReadOnlyDictionary<string, double?> metrics) => new(metrics.OrderBy(metric => metric.Key != "auc"));
}
