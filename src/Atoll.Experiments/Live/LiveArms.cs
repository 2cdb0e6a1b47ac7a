using System.Text.Json;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Catalog;
using Atoll.Learning.Data.Schema;
using Atoll.Learning.Partitioning;

namespace Atoll.Experiments.Live;

/// <summary>An experiment's federated arms as sites that hold their own rows train them.</summary>
public static class LiveArms
{
    /// <summary>By name, in the experiment's order.</summary>
    public static IReadOnlyDictionary<string, FederatedArm> Of(Experiment experiment) =>
        new OrderedDictionary<string, FederatedArm>(experiment.Arms.Where(arm => arm.Value is FederatedArm).Select(arm => KeyValuePair.Create(arm.Key, (FederatedArm)arm.Value)));

    /// <summary>How a site's rows are prepared for an arm.</summary>
    /// <exception cref="DataException">The catalog has no such data set.</exception>
    public static SitePreparation Preparation(Arm arm) => new(arm.Data, arm.Partition, Layout(arm));

    /// <summary>Why an arm's rows cannot be prepared site by site, as a sentence; null where they can.</summary>
    public static string? Obstacle(Arm arm) => Preparation(arm).Obstacle();

    /// <summary>Why the experiment's settings do not allow a run across machines, as a sentence; null where they do.</summary>
    public static string? Obstacle(Experiment experiment)
    {
        IReadOnlyDictionary<string, FederatedArm> arms = Of(experiment);
        if (arms.Count == 0)
        {
            return "A run across machines needs at least one arm of kind federated, but the experiment has none.";
        }
        if (arms.Values.All(arm => arm.Buffered is not null) && OfRounds(experiment.Live ?? new()) is { } setting)
        {
            return $"live.{setting} is for rounds, which wait for their sites, but every federated arm is buffered and waits for none: leave it out.";
        }
        (string first, FederatedArm one) = arms.First();
        foreach ((string name, FederatedArm arm) in arms)
        {
            if (Obstacle(arm) is { } obstacle)
            {
                return $"Arm {name}: {obstacle}";
            }
            if (SitesBy(arm) != SitesBy(one))
            {
                return $"Arms {first} and {name} must have the same sites, because a site has the same rows in all arms, but their partition or site column differs.";
            }
        }
        return null;
    }

    /// <summary>The sites in the order of their indices, where that can be known without the data: a partition's, or those of the catalog; null where only the data knows.</summary>
    public static IReadOnlyList<string>? Sites(Experiment experiment)
    {
        FederatedArm? arm = Of(experiment).Values.FirstOrDefault();
        CatalogLayout? layout = arm is null ? null : Layout(arm);
        return arm?.Partition is { } partition ? SiteNames.Virtual(partition.Sites)
            : layout is { Sites.Count: > 0 } && (arm!.Data.Site ?? layout.Site) == layout.Site ? layout.Sites : null;
    }

    /// <summary>By arm, the schema that all sites' summaries make.</summary>
    /// <param name="summaries">By site, then by arm.</param>
    /// <exception cref="DataException">The sites' tables do not go together: the message names arm, site and column.</exception>
    public static IReadOnlyDictionary<string, DataSchema> Schemas(Experiment experiment, IReadOnlyDictionary<string, IReadOnlyDictionary<string, TableSummary>> summaries)
    {
        OrderedDictionary<string, DataSchema> schemas = [];
        foreach ((string name, FederatedArm arm) in Of(experiment))
        {
            string? silent = summaries.Keys.Order(StringComparer.Ordinal).FirstOrDefault(site => !summaries[site].ContainsKey(name));
            schemas[name] = silent is null ? Named(name, () => Preparation(arm).Merge(summaries.ToDictionary(site => site.Key, site => site.Value[name])))
                : throw new DataException($"Site '{silent}' must tell of its table for arm {name}, but tells nothing.");
        }
        return schemas;
    }

    /// <summary>What decides how a site's rows are prepared: arms that have it in common have their rows in common.</summary>
    internal static string Key(Arm arm) => JsonSerializer.Serialize(arm.Data with { Csv = null }) + JsonSerializer.Serialize(arm.Partition);

    internal static T Named<T>(string arm, Func<T> prepare)
    {
        try
        {
            return prepare();
        }
        catch (DataException unfit)
        {
            throw new DataException($"Arm {arm}: {unfit.Message}", unfit);
        }
    }

    private static string? OfRounds(LiveSettings settings) => settings.RoundDeadline is not null ? "round-deadline" : settings.Quorum is not null ? "quorum" : settings.OverSelection > 1 ? "over-selection" : null;

    private static CatalogLayout? Layout(Arm arm) => arm.Data.Catalog is { } name ? DataCatalog.Find(name).Layout : null;

    private static string SitesBy(Arm arm) => arm.Partition is { } partition ? JsonSerializer.Serialize<IPartition>(partition) : arm.Data.Site ?? Layout(arm)?.Site ?? "";
}
