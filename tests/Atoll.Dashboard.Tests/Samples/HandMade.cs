using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Tests.Samples;

/// <summary>Results with every figure written by hand, so that a sentence can be checked by eye.</summary>
internal static class HandMade
{
    public static RunResult Run(string metric, int repeats, params ArmResult[] arms) => new()
    {
        Name = "by-hand",
        Seed = 1,
        Repeats = repeats,
        Atoll = "0.1.0",
        Machine = new MachineFacts { Processor = "a processor", Cores = 2, Threads = 2, OperatingSystem = "a system", Runtime = "a runtime", Vectors = "none" },
        Data = new DataFacts
        {
            Task = metric == "accuracy" ? "classification" : "regression",
            Classes = [],
            Features = 4,
            Sites = [.. arms.SelectMany(arm => arm.Final?.PerSite ?? []).Select(site => site.Site).Distinct()
                .Select(site => new SiteFacts { Name = site, TrainRows = 400, TestRows = 100, Labels = new Dictionary<string, int>() })],
        },
        Baseline = "centralized",
        Arms = arms,
    };

    public static ArmResult Arm(string name, string kind, string metric, double pooled, double? sd, params (string Site, double? Value)[] sites) => new()
    {
        Name = name,
        Kind = kind,
        Rounds = [],
        Final = new FinalResult
        {
            PerSite = [.. sites.Select(site => new SiteMetrics { Site = site.Site, Metrics = One(metric, site.Value), Sd = sd is null ? null : One(metric, sd) })],
            MeanOfSites = One(metric, sites.Average(site => site.Value)),
            WorstSite = new SiteMetrics { Site = sites[0].Site, Metrics = One(metric, sites[0].Value) },
            Pooled = One(metric, pooled),
            PooledSd = sd is null ? null : One(metric, sd),
        },
        Parameters = 10,
        BytesUp = 0,
        BytesDown = 0,
        Flops = 100,
        Seconds = 1,
        SamplesPerSecond = 1,
    };

    public static ArmResult Stopped(string name, string kind, string why, params (int Round, double Value)[] rounds) =>
        Arm(name, kind, "accuracy", 0, null, ("a", 0)) with
        {
            Final = null,
            Stopped = why,
            Rounds = [.. rounds.Select(round => new RoundResult { Round = round.Round, Metrics = One("accuracy", round.Value), Bytes = 0, Seconds = 0.1 })],
        };

    private static Dictionary<string, double?> One(string metric, double? value) => new() { [metric] = value };
}
