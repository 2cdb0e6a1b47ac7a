using Atoll.Experiments;
using Atoll.Experiments.Metrics;
using Atoll.Experiments.Results;
using Atoll.Learning;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Simulation.Arms;
using Atoll.Simulation.Evaluation;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests;

/// <summary>Figures that a reader could work out on paper.</summary>
public sealed class MetricsTests : IDisposable
{
    private const double Close = 1e-6;

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Metrics_of_each_site_of_all_and_their_mean_are_those_worked_out_by_hand()
    {
        // Logistic regression with weight 1 and bias 0: p = 1/(1 + e⁻ˣ), class 1 from x = 0 on.
        FinalResult final = Evaluate([1, 0], threads: 1);

        final.PerSite.Select(site => site.Site).ShouldBe(["a", "b"]); // c has nothing to test on
        SiteMetrics a = final.PerSite[0], b = final.PerSite[1];
        Value(a.Metrics, "accuracy").ShouldBe(2 / 3.0, Close);
        Value(a.Metrics, "auc").ShouldBe(0.5, Close);                                 // 2 is above −1, below 3
        Value(a.Metrics, "loss").ShouldBe((0.313262 + 0.126928 + 3.048587) / 3, Close); // ln(1+e⁻¹), ln(1+e⁻²), ln(1+e³)
        Value(b.Metrics, "accuracy").ShouldBe(0.5, Close);
        b.Metrics["auc"].ShouldBeNull();                                              // one class
        Value(b.Metrics, "loss").ShouldBe((0.313262 + 2.126928) / 2, Close);

        Value(final.Pooled, "accuracy").ShouldBe(3 / 5.0, Close);
        Value(final.Pooled, "auc").ShouldBe(2 / 6.0, Close); // positives −2, 1, 2; negatives −1, 3
        Value(final.Pooled, "loss").ShouldBe((0.313262 + 0.126928 + 3.048587 + 0.313262 + 2.126928) / 5, Close);
        Value(final.MeanOfSites, "accuracy").ShouldBe(7 / 12.0, Close);
        Value(final.MeanOfSites, "auc").ShouldBe(0.5, Close); // over the sites that have one
        final.WorstSite.ShouldBe(b);
    }

    [Fact]
    public void Sites_that_are_alone_are_each_held_to_their_own_model()
    {
        FinalResult final = Evaluate([1, 0, -1, 0, 0, 9], threads: 3); // at b the other way round, at c anything

        Value(final.PerSite[0].Metrics, "accuracy").ShouldBe(2 / 3.0, Close);
        Value(final.PerSite[1].Metrics, "accuracy").ShouldBe(0.5, Close);
        Value(final.PerSite[1].Metrics, "loss").ShouldBe((1.313262 + 0.126928) / 2, Close); // ln(1+e), ln(1+e⁻²)
        Value(final.Pooled, "accuracy").ShouldBe(3 / 5.0, Close);
    }

    [Fact]
    public void The_worst_site_has_the_highest_error_where_lower_is_better()
    {
        SiteMetrics good = Site("good", ("root-mean-squared-error", 1), ("r2", 0.1)), bad = Site("bad", ("root-mean-squared-error", 2), ("r2", 0.9));

        MetricValue.WorstOf([good, bad], Metric.RootMeanSquaredError).ShouldBe(bad);
        MetricValue.WorstOf([good, bad], Metric.R2).ShouldBe(good);
    }

    [Fact]
    public void A_site_where_the_metric_is_not_defined_is_the_worst_only_where_there_is_no_other()
    {
        SiteMetrics none = Site("none", ("auc", null)), good = Site("good", ("auc", 0.9));

        MetricValue.WorstOf([none, good], Metric.Auc).ShouldBe(good);
        MetricValue.WorstOf([none], Metric.Auc).ShouldBe(none);
    }

    [Fact]
    public void Over_several_seeds_each_figure_is_a_mean_with_its_deviation_beside_it()
    {
        Experiment experiment = _lab.ThreeClasses("""
            centralized: { kind: centralized, epochs: 2 }
              fedavg: { kind: federated, rounds: 2 }
            """, "metrics: [accuracy, loss]");
        RunResult[] alone = [.. new ulong[] { 3, 4, 5 }.Select(seed => _lab.Run(experiment with { Seed = seed }))];
        RunResult all = Lab.Run(_lab.Request(experiment) with { Repeat = 3 });

        foreach (string metric in new[] { "accuracy", "loss" })
        {
            for (int arm = 0; arm < 2; arm++)
            {
                FinalResult[] finals = [.. alone.Select(run => run.Arms[arm].Final!)];
                FinalResult final = all.Arms[arm].Final!;
                Check(final.Pooled, final.PooledSd!, [.. finals.Select(f => Value(f.Pooled, metric))]);
                Check(final.MeanOfSites, final.MeanOfSitesSd!, [.. finals.Select(f => Value(f.MeanOfSites, metric))]);
                for (int site = 0; site < 4; site++)
                {
                    string name = final.PerSite[site].Site;
                    Check(final.PerSite[site].Metrics, final.PerSite[site].Sd!, [.. finals.Select(f => Value(f.PerSite.Single(s => s.Site == name).Metrics, metric))]);
                }
            }
            Check(all.Arms[1].GapToBaseline!, all.Arms[1].GapToBaselineSd!, [.. alone.Select(run => Value(run.Arms[1].GapToBaseline!, metric))]);

            void Check(IReadOnlyDictionary<string, double?> mean, IReadOnlyDictionary<string, double?> sd, double[] x)
            {
                double m = (x[0] + x[1] + x[2]) / 3;
                Value(mean, metric).ShouldBe(m, 1e-12);
                Value(sd, metric).ShouldBe(Math.Sqrt(((x[0] - m) * (x[0] - m) + (x[1] - m) * (x[1] - m) + (x[2] - m) * (x[2] - m)) / 2), 1e-12);
            }
        }
        all.Arms[0].GapToBaseline.ShouldBeNull();
        all.Arms[0].GapToBaselineSd.ShouldBeNull();
        alone[0].Arms[1].GapToBaselineSd.ShouldBeNull();
        all.Arms[1].ModelSha256.ShouldBe(alone[0].Arms[1].ModelSha256);
        all.Arms[1].Rounds.Select(round => round.Loss).ShouldBe(alone[0].Arms[1].Rounds.Select(round => round.Loss));
    }

    [Fact]
    public void Linear_regression_finds_the_plane_that_the_rows_lie_on()
    {
        _lab.Write("plane.csv", Rows.Plane());
        string folder = _lab.NewFolder();
        RunResult result = _lab.Run(_lab.Parse("""
            name: plane
            data: { csv: [plane.csv], label: y, site: site, standardize: none }
            model: { kind: linear }
            training: { optimizer: { kind: sgd, learning-rate: 0.1 }, batch-size: 8 }
            arms:
              centralized: { kind: centralized, epochs: 100 }
              local: { kind: local, epochs: 200 }
              fedavg: { kind: federated, rounds: 150 }
            """), folder);

        result.Data.Task.ShouldBe("regression");
        result.Data.Classes.ShouldBeEmpty();
        result.Data.Sites.ShouldAllBe(site => site.Labels.Count == 0 && site.TrainRows == 16 && site.TestRows == 4);
        Network network = new LinearRegression().Build(new Shape(2), 0);
        foreach ((string arm, string prefix) in new[] { ("centralized", ""), ("fedavg", ""), ("local", "s0/"), ("local", "s1/"), ("local", "s2/") })
        {
            float[] weights = arm == "local"
                ? [.. Atoll.Learning.Tensors.SafetensorsFile.Read(Path.Combine(folder, "models", "local.safetensors")).Tensors.Where(t => t.Name.StartsWith(prefix, StringComparison.Ordinal)).SelectMany(t => t.Values.ToArray())]
                : Lab.Weights(folder, arm, network);
            weights[0].ShouldBe(2, 1e-3f, arm + prefix);
            weights[1].ShouldBe(-1, 1e-3f, arm + prefix);
            weights[2].ShouldBe(3, 1e-3f, arm + prefix);
        }
        foreach (ArmResult arm in result.Arms)
        {
            arm.Final!.Pooled.Keys.ShouldBe(["root-mean-squared-error", "mean-absolute-error", "r2", "loss"], ignoreOrder: true);
            Value(arm.Final.Pooled, "r2").ShouldBe(1, 1e-4);
            Value(arm.Final.Pooled, "loss").ShouldBe(Math.Pow(Value(arm.Final.Pooled, "root-mean-squared-error"), 2), 1e-9);
        }
    }

    [Fact]
    public void Rounds_that_are_not_evaluated_say_nothing_and_the_last_always_is()
    {
        ArmResult arm = _lab.Run(_lab.ThreeClasses("centralized: { kind: centralized, epochs: 5, evaluate-every: 2 }")).Arms[0];

        arm.Rounds.Select(round => round.Loss is not null).ShouldBe([false, true, false, true, true]);
        arm.Rounds.Select(round => round.Metrics.Count).ShouldBe([0, 3, 0, 3, 3]);
        arm.Final!.Pooled["loss"].ShouldBe(arm.Rounds[^1].Loss);
        arm.Final.Pooled.ShouldBe(arm.Rounds[^1].Metrics);
    }

    /// <summary>Six test rows at two sites, and a third site that has none.</summary>
    /// <param name="weights">Weight and bias of one model, or of one a site.</param>
    private static FinalResult Evaluate(float[] weights, int threads)
    {
        Dataset rows = new(new Shape(1), [-1, 2, 3, 1, -2, 0], [0, 1, 0, 1, 1, 0], ["healthy", "ill"]);
        SitedDataset data = new(rows, [new SiteRows("a", [5], [0, 1, 2]), new SiteRows("b", [5], [3, 4]), new SiteRows("c", [5], [])]);
        Network network = new Logistic().Build(rows.Sample, 2);
        Evaluator evaluator = new(network, data, [Metric.Accuracy, Metric.Auc, Metric.Loss], threads);
        evaluator.Predict(new GivenModels(network, data, weights), CancellationToken.None);
        evaluator.FirstDiverged().ShouldBeNull();
        return evaluator.Final();
    }

    private static double Value(IReadOnlyDictionary<string, double?> metrics, string name) => metrics[name].ShouldNotBeNull();

    private static SiteMetrics Site(string name, params (string Name, double? Value)[] metrics) =>
        new() { Site = name, Metrics = metrics.ToDictionary(metric => metric.Name, metric => metric.Value) };

    private sealed class GivenModels(Network network, SitedDataset data, float[] weights) : ArmRun(
        new CentralizedArm { Data = new(), Model = new Logistic(), Training = new() { Optimizer = new Learning.Optimizers.Sgd { LearningRate = 1 } } }, 1, network, data, 1, 1)
    {
        public override bool IsShared => weights.Length == 2;

        public override float[] WeightsOf(int site) => weights[(2 * site)..(2 * site + 2)];

        public override string? Step(CancellationToken cancellation) => null;

        public override IEnumerable<(string Name, float[] Vector)> Save() => [];

        public override void Restore(IReadOnlyDictionary<string, float[]> vectors) { }
    }
}
