using System.Text.Json;
using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Partitioning;
using Atoll.Simulation.Evaluation;

namespace Atoll.Simulation;

/// <summary>What an arm needs before it can train.</summary>
/// <param name="IsLikeBaseline">Whether its sites hold as many rows of each label as the baseline's.</param>
internal sealed record PreparedArm(SitedDataset Data, DataFacts Facts, Network Network, IReadOnlyList<Metric> Metrics, bool IsLikeBaseline);

/// <summary>All arms of an experiment, made ready with one seed. Arms with the same data settings and partition share their rows.</summary>
internal sealed class PreparedArms
{
    private readonly Dictionary<string, PreparedArm> _arms = [];

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
                rows = loaded[key] = (data.Sited, ExperimentData.Facts(data));
                Require.That(rows.Facts.Sites.Any(site => site.TestRows > 0), $"Some site must have test rows, but none of the {rows.Facts.Sites.Count} has. Raise test-fraction, or use fewer sites.");
            }
            Dataset dataset = rows.Data.Data;
            IReadOnlyList<Metric> metrics = arm.Metrics.Count > 0 ? arm.Metrics : MetricValue.Usual(dataset.IsClassification);
            if (metrics.Select(metric => MetricValue.Misfit(metric, dataset.IsClassification)).FirstOrDefault(misfit => misfit is not null) is { } misfit)
            {
                throw new InvalidOperationException($"Arm {name}: {misfit}");
            }
            prepared._arms[name] = new PreparedArm(rows.Data, rows.Facts, arm.Model.Build(dataset.Sample, dataset.Classes.Count), metrics, IsLikeBaseline: true);
        }
        string baseline = Text(prepared[experiment.Baseline].Facts);
        foreach ((string name, PreparedArm arm) in prepared._arms.ToArray())
        {
            prepared._arms[name] = arm with { IsLikeBaseline = Text(arm.Facts) == baseline };
        }
        return prepared;
    }

    private static string Text(DataFacts facts) => JsonSerializer.Serialize(facts);

    private static string Key(Arm arm) => JsonSerializer.Serialize(arm.Data) + JsonSerializer.Serialize<IPartition?>(arm.Partition);
}
