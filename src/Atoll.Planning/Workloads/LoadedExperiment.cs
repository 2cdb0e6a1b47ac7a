using System.Text.Json;
using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Partitioning;

namespace Atoll.Planning.Workloads;

/// <summary>An experiment's arms with their rows and networks, for one seed. Arms with the same data settings and partition share their rows.</summary>
public sealed class LoadedExperiment
{
    private LoadedExperiment(IReadOnlyDictionary<string, LoadedArm> arms) => Arms = arms;

    /// <summary>In the experiment's order.</summary>
    public IReadOnlyDictionary<string, LoadedArm> Arms { get; }

    /// <param name="dataFolder">The catalog's cache; the platform's when null.</param>
    /// <exception cref="DataException">The data is not there, or cannot be used as asked.</exception>
    /// <exception cref="InvalidOperationException">A partition cannot be made of the rows, a model does not fit them, or <c>sites</c> names a site that is none.</exception>
    public static LoadedExperiment Load(Experiment experiment, ulong seed, string? dataFolder = null)
    {
        OrderedDictionary<string, LoadedArm> arms = [];
        Dictionary<string, (PreparedData Rows, DataFacts Facts)> loaded = [];
        Func<string, double>? rates = experiment.Arms.Values.Any(arm => arm is FederatedArm { Buffered: not null } or FederatedArm { Pace: not null }) ? ExperimentSites.RatesOf(experiment) : null;
        foreach ((string name, Arm arm) in experiment.Arms)
        {
            string key = JsonSerializer.Serialize(arm.Data) + JsonSerializer.Serialize<IPartition?>(arm.Partition);
            if (!loaded.TryGetValue(key, out var data))
            {
                PreparedData prepared = ExperimentData.Load(arm, seed, dataFolder);
                data = loaded[key] = (prepared, ExperimentData.Facts(prepared, ExperimentData.SourceOf(arm.Data)));
            }
            arms[name] = new(name, arm, data.Rows.Sited, data.Facts, data.Rows.Used, data.Rows.RowBytes, Build(name, arm, data.Rows.Sited.Data));
            if (rates is not null && arm is FederatedArm)
            {
                arms[name] = arms[name] with { SecondsPerSample = [.. data.Rows.Sited.Sites.Select(site => arms[name].Network.TrainingFlops / rates(site.Name))] };
            }
        }
        DeclaredSites.RequireKnown(experiment, arms.Values.SelectMany(arm => arm.Data.Sites).Select(site => site.Name));
        return new(arms);
    }

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
}
