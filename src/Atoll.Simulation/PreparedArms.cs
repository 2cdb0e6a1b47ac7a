using System.Text.Json;
using Atoll.Experiments;
using Atoll.Experiments.Metrics;
using Atoll.Experiments.Results;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Optimizers;
using Atoll.Planning.Workloads;

namespace Atoll.Simulation;

/// <summary>What an arm needs before it can train.</summary>
/// <param name="Arm">The arm, with what its file leaves to the data filled in: scaling, test fraction, metrics.</param>
/// <param name="IsLikeBaseline">Whether its sites hold as many rows of each label as the baseline's.</param>
internal sealed record PreparedArm(Arm Arm, SitedDataset Data, DataFacts Facts, Network Network, IReadOnlyList<Metric> Metrics, bool IsLikeBaseline);

/// <summary>All arms of an experiment, made ready with one seed. Arms with the same data settings and partition share their rows.</summary>
internal sealed class PreparedArms
{
    private readonly Dictionary<string, PreparedArm> _arms = [];
    private string? _fingerprint;

    private PreparedArms(LoadedExperiment loaded) => Loaded = loaded;

    /// <summary>The rows and networks that the arms' work follows from.</summary>
    public LoadedExperiment Loaded { get; }

    public PreparedArm this[string name] => _arms[name];

    public static PreparedArms Load(Experiment experiment, ulong seed, string? dataFolder)
    {
        LoadedExperiment loaded = LoadedExperiment.Load(experiment, seed, dataFolder);
        PreparedArms prepared = new(loaded);
        foreach ((string name, LoadedArm rows) in loaded.Arms)
        {
            Require.That(rows.Facts.Sites.Any(site => site.TestRows > 0), $"Arm {name}: some site must have test rows, but none of the {rows.Facts.Sites.Count} has. Raise test-fraction, or use fewer sites.");
            bool isClassification = rows.Data.Data.IsClassification;
            IReadOnlyList<Metric> metrics = rows.Arm.Metrics.Count > 0 ? rows.Arm.Metrics : MetricValue.Usual(isClassification);
            if (metrics.Select(metric => MetricValue.Misfit(metric, isClassification)).FirstOrDefault(misfit => misfit is not null) is { } misfit)
            {
                throw new InvalidOperationException($"Arm {name}: {misfit}");
            }
            RequireSense(name, rows.Arm);
            prepared._arms[name] = new PreparedArm(Filled(rows.Arm, rows.Used, metrics), rows.Data, rows.Facts, rows.Network, metrics, IsLikeBaseline: true);
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

    private static Arm Filled(Arm arm, Preparation used, IReadOnlyList<Metric> metrics) => arm with
    {
        Metrics = metrics,
        Data = arm.Data with { Standardize = used.Standardize, StandardizeTest = used.StandardizeTest, TestFraction = used.TestFraction },
    };

    private static void RequireSense(string name, Arm arm)
    {
        if (arm is FederatedArm federated && federated.Contradiction() is { } contradiction)
        {
            throw new InvalidOperationException($"Arm {name}: {contradiction}");
        }
        IOptimizer optimizer = arm.Training.Optimizer;
        int rounds = RoundWork.CountOf(arm), still = Enumerable.Range(0, rounds).FirstOrDefault(round => !(optimizer.LearningRate * (float)optimizer.Schedule.Factor(round, rounds) > 0), -1);
        Require.That(still < 0, $"Arm {name}: the schedule must leave a learning rate above 0 to every round, but leaves 0 to round {still + 1} of {rounds}.");
    }

    private static string Text(DataFacts facts) => JsonSerializer.Serialize(facts);
}
