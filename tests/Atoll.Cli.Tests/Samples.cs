using Atoll.Experiments.Results;
using Atoll.Simulation;

namespace Atoll.Cli.Tests;

/// <summary>Experiments that train in a blink, and plans and results that no run made.</summary>
internal static class Samples
{
    /// <summary>Two classes that a line parts, eight rows a site, three sites.</summary>
    public const string Csv = "x,y,place,kind\n"
        + "0,1,a,no\n1,0,a,no\n0,0,a,no\n1,1,a,no\n5,6,a,yes\n6,5,a,yes\n6,6,a,yes\n5,5,a,yes\n"
        + "0,2,b,no\n2,0,b,no\n0,1,b,no\n1,2,b,no\n7,6,b,yes\n6,7,b,yes\n7,7,b,yes\n8,8,b,yes\n"
        + "1,2,c,no\n2,1,c,no\n2,2,c,no\n0,0,c,no\n5,7,c,yes\n7,5,c,yes\n8,6,c,yes\n6,8,c,yes\n";

    public static string Experiment(string arms = "  fedavg: { kind: federated, rounds: 3 }") => $$"""
        name: small
        data: { csv: [rows.csv], label: kind, site: place, test-fraction: 0.25 }
        model: { kind: logistic }
        training: { optimizer: { kind: sgd, learning-rate: 0.1 }, batch-size: 2 }
        metrics: [accuracy, auc, loss]
        arms:
        {{arms}}
        """;

    public static RunPlan Plan(int repeat = 1, int sites = 3, params ArmPlan[] arms) => new("small", 7, repeat, 2, "runs/small", Data(sites), arms);

    public static ArmPlan Arm(string name, int rounds = 100, string kind = "federated") =>
        new(name, kind, kind == "centralized", rounds, 3, 4810, 28000, new Dictionary<string, string>());

    public static DataFacts Data(int sites = 3) => new()
    {
        Task = "classification",
        Classes = ["no", "yes"],
        Features = 2,
        Sites = [.. Enumerable.Range(0, sites).Select(i => new SiteFacts
        {
            Name = $"site-{i}",
            TrainRows = 10 + i,
            TestRows = 2,
            Labels = new Dictionary<string, int> { ["no"] = 8, ["yes"] = 4 + i },
        })],
    };

    public static RoundResult Round(int round, double accuracy = 0.931) => new()
    {
        Round = round,
        Loss = 0.312,
        Metrics = new Dictionary<string, double?> { ["accuracy"] = accuracy, ["loss"] = 0.312 },
        Bytes = 1000L * round,
        Seconds = 0.1,
    };

    public static RunResult Result(params ArmResult[] arms) => new()
    {
        Name = "small",
        Seed = 7,
        Atoll = "0.1.0",
        Machine = new() { Processor = "a processor", Cores = 2, Threads = 2, OperatingSystem = "an operating system", Runtime = ".NET", Vectors = "avx2" },
        Data = Data(),
        Baseline = "centralized",
        Arms = arms,
    };

    public static ArmResult ArmResult(string name, string kind, double accuracy, double? sd = null) => new()
    {
        Name = name,
        Kind = kind,
        Rounds = [Round(1, accuracy)],
        Final = new()
        {
            PerSite = [Site("site-0", accuracy), Site("site-1", accuracy - 0.1)],
            MeanOfSites = Metrics(accuracy - 0.05),
            WorstSite = Site("site-1", accuracy - 0.1),
            Pooled = Metrics(accuracy),
            PooledSd = sd is { } spread ? Metrics(spread) : null,
        },
        GapToBaseline = kind == "centralized" ? null : new Dictionary<string, double?> { ["accuracy"] = accuracy - 0.95, ["auc"] = 0, ["loss"] = 0 },
        Parameters = 4810,
        BytesUp = 20_000_000,
        BytesDown = 18_600_000,
        Flops = 4_000_000_000,
        Seconds = 12.34,
        SamplesPerSecond = 114_000,
    };

    private static SiteMetrics Site(string name, double accuracy) => new() { Site = name, Metrics = Metrics(accuracy) };

    private static Dictionary<string, double?> Metrics(double accuracy) => new() { ["accuracy"] = accuracy, ["auc"] = 0.99, ["loss"] = 0.2 };
}
