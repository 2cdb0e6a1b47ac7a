using Atoll.Experiments;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Catalog;
using Atoll.Learning.Data.Schema;
using Atoll.Learning.Models;

namespace Atoll.Coordinator.Live;

/// <summary>From what all sites tell of their columns: how they encode their rows, and the networks that fit.</summary>
internal static class Schemas
{
    /// <param name="summaries">By site; each by arm.</param>
    /// <exception cref="DataException">The sites' tables do not go together.</exception>
    public static IReadOnlyDictionary<string, DataSchema> Merge(IReadOnlyDictionary<string, FederatedArm> arms, IReadOnlyDictionary<string, IReadOnlyDictionary<string, TableSummary>> summaries) =>
        arms.ToDictionary(arm => arm.Key, arm => MergeOne(summaries.ToDictionary(site => site.Key, site => site.Value[arm.Key]), arm.Value));

    /// <exception cref="InvalidOperationException">A model does not fit.</exception>
    public static IReadOnlyDictionary<string, Network> Build(IReadOnlyDictionary<string, FederatedArm> arms, IReadOnlyDictionary<string, DataSchema> schemas) =>
        arms.ToDictionary(arm => arm.Key, arm => arm.Value.Model.Build(schemas[arm.Key].Sample(), schemas[arm.Key].Classes.Count));

    /// <summary>Why an arm's rows cannot be prepared site by site, as a sentence; null where they all can.</summary>
    public static string? Obstacle(IReadOnlyDictionary<string, FederatedArm> arms) =>
        arms.Select(arm => PreparationOf(arm.Value).Obstacle() is { } obstacle ? $"Arm {arm.Key}: {obstacle}" : null).FirstOrDefault(obstacle => obstacle is not null);

    private static DataSchema MergeOne(IReadOnlyDictionary<string, TableSummary> sites, FederatedArm arm) => PreparationOf(arm).Merge(sites);

    private static SitePreparation PreparationOf(FederatedArm arm) => new(arm.Data, arm.Partition, arm.Data.Catalog is { } name ? DataCatalog.Find(name).Layout : null);
}
