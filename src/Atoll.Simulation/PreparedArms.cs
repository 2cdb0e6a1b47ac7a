using System.Text.Json;
using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Optimizers;
using Atoll.Learning.Partitioning;
using Atoll.Simulation.Arms;
using Atoll.Simulation.Evaluation;

namespace Atoll.Simulation;

/// <summary>What an arm needs before it can train.</summary>
/// <param name="IsLikeBaseline">Whether its sites hold as many rows of each label as the baseline's.</param>
internal sealed record PreparedArm(SitedDataset Data, DataFacts Facts, Network Network, IReadOnlyList<Metric> Metrics, bool IsLikeBaseline);

/// <summary>All arms of an experiment, made ready with one seed. Arms with the same data settings and partition share their rows.</summary>
internal sealed class PreparedArms
{
    private readonly Dictionary<string, PreparedArm> _arms = [];
    private string? _fingerprint;

    private PreparedArms() { }

    public PreparedArm this[string name] => _arms[name];

    public static PreparedArms Load(Experiment experiment, ulong seed, string? dataFolder)
    {
        PreparedArms prepared = new();
        Dictionary<string, (SitedDataset Data, DataFacts Facts)> loaded = [];
        foreach ((string name, Arm arm) in experiment.Arms)
        {
            string key = Key(arm);
            if (!loaded.TryGetValue(key, out var rows))
            {
                PreparedData data = ExperimentData.Load(arm, seed, dataFolder);
                rows = loaded[key] = (data.Sited, ExperimentData.Facts(data, ExperimentData.SourceOf(arm.Data)));
                Require.That(rows.Facts.Sites.Any(site => site.TestRows > 0), $"Arm {name}: some site must have test rows, but none of the {rows.Facts.Sites.Count} has. Raise test-fraction, or use fewer sites.");
            }
            Dataset dataset = rows.Data.Data;
            IReadOnlyList<Metric> metrics = arm.Metrics.Count > 0 ? arm.Metrics : MetricValue.Usual(dataset.IsClassification);
            if (metrics.Select(metric => MetricValue.Misfit(metric, dataset.IsClassification)).FirstOrDefault(misfit => misfit is not null) is { } misfit)
            {
                throw new InvalidOperationException($"Arm {name}: {misfit}");
            }
            RequireSense(name, arm);
            prepared._arms[name] = new PreparedArm(rows.Data, rows.Facts, Build(name, arm, dataset), metrics, IsLikeBaseline: true);
        }
        string baseline = Text(prepared[experiment.Baseline].Facts);
        foreach ((string name, PreparedArm arm) in prepared._arms.ToArray())
        {
            prepared._arms[name] = arm with { IsLikeBaseline = Text(arm.Facts) == baseline };
        }
        return prepared;
    }

    /// <summary>SHA-256 of all rows, classes and sites, as prepared: the same experiment file may find other data one day.</summary>
    public string Fingerprint() => _fingerprint ??= DataFingerprint.Of(_arms.Values.Select(arm => arm.Data));

    private static Network Build(string name, Arm arm, Dataset data)
    {
        try
        {
            return arm.Model.Build(data.Sample, data.Classes.Count);
        }
        catch (InvalidOperationException unfit)
        {
            throw new InvalidOperationException($"Arm {name}: {unfit.Message}", unfit);
        }
    }

    private static void RequireSense(string name, Arm arm)
    {
        if (arm is FederatedArm federated && federated.Contradiction() is { } contradiction)
        {
            throw new InvalidOperationException($"Arm {name}: {contradiction}");
        }
        IOptimizer optimizer = arm.Training.Optimizer;
        int rounds = ArmRun.RoundsOf(arm), still = Enumerable.Range(0, rounds).FirstOrDefault(round => !(optimizer.LearningRate * (float)optimizer.Schedule.Factor(round, rounds) > 0), -1);
        Require.That(still < 0, $"Arm {name}: the schedule must leave a learning rate above 0 to every round, but leaves 0 to round {still + 1} of {rounds}.");
    }

    private static string Text(DataFacts facts) => JsonSerializer.Serialize(facts);

    private static string Key(Arm arm) => JsonSerializer.Serialize(arm.Data) + JsonSerializer.Serialize<IPartition?>(arm.Partition);
}
