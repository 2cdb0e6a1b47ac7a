using System.Globalization;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Tests.Samples;

/// <summary>Results as a run would leave them: curves that rise and level off, sites that differ, arms that cost what they cost.</summary>
internal sealed class SampleRun(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Ten sites with skewed labels; what a newcomer sees first.</summary>
    public static RunResult Digits()
    {
        var sample = new SampleRun(7);
        var sites = sample.SkewedSites([.. Enumerable.Range(0, 10).Select(i => $"site-{i}")], [.. Enumerable.Range(0, 10).Select(i => i.ToString(CultureInfo.InvariantCulture))], 180);
        RunShape shape = new(sites, ["accuracy", "auc", "loss"], 1);
        return Run("digits", shape, 64, sample.Arms(shape,
        [
            new("centralized", "centralized", 0.966, 40, 0.012),
            new("local", "local", 0.842, 40, 0.05),
            new("fedavg", "federated", 0.947, 30, 0.02),
            new("fedprox", "federated", 0.951, 30, 0.02),
            new("fedadam", "federated", 0.958, 30, 0.018),
        ])) with
        { Data = Facts(sites, 64) with { Source = "Optical Recognition of Handwritten Digits (UCI, CC BY 4.0). Alpaydin and Kaynak, 1998, doi:10.24432/C50P49." } };
    }

    /// <summary>Four hospitals, five seeds, an arm that diverged, and a site where the AUC is not defined.</summary>
    public static RunResult Hospitals()
    {
        var sample = new SampleRun(11);
        string[] names = ["Cleveland", "Hungary", "Switzerland", "Long Beach"];
        var sites = sample.SkewedSites(names, ["no disease", "disease"], 185);
        RunShape shape = new(sites, ["accuracy", "auc", "loss"], 5);
        var arms = sample.Arms(shape,
        [
            new("centralized", "centralized", 0.795, 50, 0.05),
            new("local", "local", 0.689, 50, 0.08),
            new("fedavg", "federated", 0.748, 15, 0.06),
            new("fedadam", "federated", 0.789, 15, 0.05),
            new("fedyogi-hot", "federated", 0.5, 15, 0.05) { StopsAfter = 6 },
        ]);
        return Run("hospitals", shape, 13, [.. arms.Select(arm => WithoutAuc(arm, "Switzerland"))]) with { Data = Facts(sites, 13) with { DroppedRows = 180 } };
    }

    /// <summary>Ten thousand sites, twelve arms.</summary>
    public static RunResult Crowd()
    {
        var sample = new SampleRun(13);
        var sites = sample.SkewedSites([.. Enumerable.Range(0, 10_000).Select(i => $"phone-{i:0000}")], [.. Enumerable.Range(0, 10).Select(i => i.ToString(CultureInfo.InvariantCulture))], 30);
        RunShape shape = new(sites, ["accuracy", "loss"], 1);
        string[] federated = ["fedavg", "fedprox", "scaffold", "fednova", "feddyn", "fedavgm", "fedadagrad", "fedadam", "fedyogi", "fedavg-half"];
        return Run("crowd", shape, 784, sample.Arms(shape,
        [
            new("centralized", "centralized", 0.981, 20, 0.03),
            new("local", "local", 0.73, 20, 0.12),
            .. federated.Select((name, i) => new ArmShape(name, "federated", 0.93 + (0.004 * i), 1000, 0.04)),
        ]));
    }

    /// <summary>One site, one arm, a value to predict.</summary>
    public static RunResult Alone() => Regression("alone", ["farm"], [new("centralized", "centralized", 3.21, 25, 0)]);

    /// <summary>Six sites, a value to predict: lower is better.</summary>
    public static RunResult Prices() => Regression("house-prices", ["Aarhus", "Bergen", "Cádiz", "Dresden", "Évora", "Łódź"],
    [
        new("centralized", "centralized", 2.86, 30, 0.2), new("local", "local", 3.94, 30, 0.6), new("fedavg", "federated", 3.02, 40, 0.3),
    ]);

    private static RunResult Regression(string name, string[] names, ArmShape[] arms)
    {
        var sample = new SampleRun(17);
        var sites = sample.SkewedSites(names, [], 400);
        RunShape shape = new(sites, ["root-mean-squared-error", "r2"], 1);
        return Run(name, shape, 9, sample.Arms(shape, arms));
    }

    private static RunResult Run(string name, RunShape shape, int features, IReadOnlyList<ArmResult> arms) => new()
    {
        Name = name,
        Seed = 7,
        Repeats = shape.Repeats,
        Atoll = "0.1.0",
        Finished = new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero),
        Machine = new MachineFacts { Processor = "AMD EPYC 9555", Cores = 2, Threads = 2, OperatingSystem = "Debian GNU/Linux 13", Runtime = ".NET 10.0.2", Vectors = "avx512" },
        Data = Facts(shape.Sites, features),
        Baseline = "centralized",
        Arms = arms,
    };

    private static DataFacts Facts(IReadOnlyList<SiteFacts> sites, int features) => new()
    {
        Task = sites[0].Labels.Count > 0 ? "classification" : "regression",
        Classes = [.. sites[0].Labels.Keys],
        Features = features,
        Sites = sites,
    };

    private static ArmResult WithoutAuc(ArmResult arm, string site) => arm.Final is not { } final ? arm : arm with
    {
        Final = final with { PerSite = [.. final.PerSite.Select(at => at.Site == site ? at with { Metrics = new Dictionary<string, double?>(at.Metrics) { ["auc"] = null } } : at)] },
    };

    /// <summary>Rows by a heavy-tailed draw, labels by squared uniform weights: some sites lack some labels.</summary>
    private List<SiteFacts> SkewedSites(string[] names, string[] classes, int meanRows) =>
    [
        .. names.Select(name =>
        {
            var rows = (int)(meanRows * (0.35 + (1.3 * _random.NextDouble())));
            var weights = classes.Select(_ => Math.Pow(_random.NextDouble(), 3)).ToArray();
            var counts = weights.Select(weight => (int)(rows * weight / weights.Sum())).ToArray();
            var all = classes.Length > 0 ? counts.Sum() : rows;
            return new SiteFacts
            {
                Name = name,
                TrainRows = all - (all / 5),
                TestRows = all / 5,
                Labels = classes.Zip(counts).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal),
            };
        }),
    ];

    private List<ArmResult> Arms(RunShape shape, IReadOnlyList<ArmShape> arms)
    {
        var results = arms.Select(arm => Arm(shape, arm)).ToList();
        var baseline = results[0].Final!.Pooled;
        return [.. results.Select((arm, i) => i == 0 || arm.Final is null ? arm : arm with
        {
            GapToBaseline = arm.Final.Pooled.ToDictionary(pair => pair.Key, pair => pair.Value - baseline[pair.Key], StringComparer.Ordinal),
        })];
    }

    private ArmResult Arm(RunShape shape, ArmShape arm)
    {
        const long modelBytes = 85_002 * 4;
        var isFederated = arm.Kind == "federated";
        var perRound = isFederated ? modelBytes * 2 * Math.Min(shape.Sites.Count, 100) * (arm.Name == "scaffold" ? 2 : 1) : 0;
        var last = arm.StopsAfter ?? arm.Steps;
        var rounds = Enumerable.Range(1, last).Select(step => Round(shape, arm, step, perRound * step)).ToList();
        return new ArmResult
        {
            Name = arm.Name,
            Kind = arm.Kind,
            Rounds = rounds,
            Final = arm.StopsAfter is null ? Final(shape, arm) : null,
            Stopped = arm.StopsAfter is null ? null : $"the loss was not finite in round {last + 1} at {shape.Sites[^1].Name}",
            Parameters = 85_002,
            ModelSha256 = arm.StopsAfter is null ? Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(arm.Name))) : null,
            BytesUp = perRound * last / 2,
            BytesDown = perRound * last / 2,
            Flops = 85_002L * 6 * shape.Sites.Sum(site => (long)site.TrainRows) * last,
            Seconds = 0.021 * last * (1 + _random.NextDouble()),
            SamplesPerSecond = 110_000 * (0.9 + (0.2 * _random.NextDouble())),
            Settings = Settings(arm),
        };
    }

    private RoundResult Round(RunShape shape, ArmShape arm, int step, long bytes)
    {
        var progress = 1 - Math.Exp(-5.0 * step / arm.Steps);
        var noise = (_random.NextDouble() - 0.5) * 0.02 * (1.2 - progress);
        return new RoundResult
        {
            Round = step,
            Loss = 2.3 * (1 - progress) + 0.1,
            Metrics = shape.Metrics.ToDictionary(metric => metric, metric => (double?)Value(metric, arm, progress, noise), StringComparer.Ordinal),
            Bytes = bytes,
            Seconds = 0.02,
        };
    }

    /// <summary>From a start that knows nothing to the arm's final value.</summary>
    private static double Value(string metric, ArmShape arm, double progress, double noise) => metric switch
    {
        "loss" => 0.06 + ((1 - arm.Final) * 2) + (2 * (1 - progress)) + noise,
        "root-mean-squared-error" => arm.Final + (6 * (1 - progress)) + (noise * 4),
        "r2" => 1 - Math.Pow(Value("root-mean-squared-error", arm, progress, noise) / 9, 2),
        "auc" => Math.Min(0.999, 0.5 + (((arm.Final / 2) + 0.01) * progress) + (noise / 3)),
        _ => Math.Min(0.999, 0.1 + ((arm.Final - 0.1) * progress) + noise),
    };

    private FinalResult Final(RunShape shape, ArmShape arm)
    {
        Dictionary<string, double?> At(double shift) => shape.Metrics.ToDictionary(
            metric => metric, metric => (double?)Value(metric, arm with { Final = metric == "root-mean-squared-error" || metric == "r2" ? arm.Final - shift : Math.Min(0.995, arm.Final + shift) }, 1, 0), StringComparer.Ordinal);
        Dictionary<string, double?>? Sd() => shape.Repeats == 1 ? null : shape.Metrics.ToDictionary(metric => metric, _ => (double?)(0.006 + (0.012 * _random.NextDouble())), StringComparer.Ordinal);
        var perSite = shape.Sites.Select(site => new SiteMetrics { Site = site.Name, Metrics = At(arm.Spread * (_random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 1.6)), Sd = Sd() }).ToList();
        var first = shape.Metrics[0];
        return new FinalResult
        {
            PerSite = perSite,
            MeanOfSites = shape.Metrics.ToDictionary(metric => metric, metric => perSite.Average(site => site.Metrics[metric]), StringComparer.Ordinal),
            MeanOfSitesSd = Sd(),
            WorstSite = first == "root-mean-squared-error" ? perSite.MaxBy(site => site.Metrics[first])! : perSite.MinBy(site => site.Metrics[first])!,
            Pooled = At(0),
            PooledSd = Sd(),
        };
    }

    private static Dictionary<string, string> Settings(ArmShape arm)
    {
        Dictionary<string, string> settings = new()
        {
            ["model"] = "mlp, hidden 64",
            ["standardize"] = "per-site",
            ["batch-size"] = "20",
            ["optimizer"] = arm.Kind == "centralized" ? "adam, learning-rate 0.001" : "sgd, learning-rate 0.05",
            [arm.Kind == "federated" ? "rounds" : "epochs"] = arm.Steps.ToString(CultureInfo.InvariantCulture),
        };
        if (arm.Kind == "federated")
        {
            settings["aggregation"] = arm.Name == "fednova" ? "fed-nova" : "fed-avg";
            settings["local-objective"] = arm.Name == "fedprox" ? "fed-prox, mu 0.01" : "plain";
            settings["server-optimizer"] = arm.Name == "fedadam" ? "fed-adam, learning-rate 0.01" : "sgd";
        }

        return settings;
    }

    private sealed record RunShape(IReadOnlyList<SiteFacts> Sites, string[] Metrics, int Repeats);

    private sealed record ArmShape(string Name, string Kind, double Final, int Steps, double Spread)
    {
        public int? StopsAfter { get; init; }
    }
}
