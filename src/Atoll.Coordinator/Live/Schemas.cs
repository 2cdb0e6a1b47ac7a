using Atoll.Experiments;
using Atoll.Experiments.Live;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Schema;
using Atoll.Learning.Models;

namespace Atoll.Coordinator.Live;

/// <summary>From what all sites tell of their columns: how they encode their rows, and the networks that fit.</summary>
internal static class Schemas
{
    /// <param name="summaries">By site; each by arm.</param>
    /// <exception cref="DataException">The sites' tables do not go together.</exception>
    public static IReadOnlyDictionary<string, DataSchema> Merge(Experiment experiment, IReadOnlyDictionary<string, IReadOnlyDictionary<string, TableSummary>> summaries) => LiveArms.Schemas(experiment, summaries);

    /// <exception cref="InvalidOperationException">A model does not fit.</exception>
    public static IReadOnlyDictionary<string, Network> Build(IReadOnlyDictionary<string, FederatedArm> arms, IReadOnlyDictionary<string, DataSchema> schemas) =>
        arms.ToDictionary(arm => arm.Key, arm => arm.Value.Model.Build(schemas[arm.Key].Sample(), schemas[arm.Key].Classes.Count));
}
