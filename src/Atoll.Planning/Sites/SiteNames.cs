using Atoll.Experiments;
using Atoll.Planning.Arms;
using Atoll.Planning.File;

namespace Atoll.Planning.Sites;

/// <summary>The sites that a plan file's other parts name.</summary>
internal static class SiteNames
{
    /// <summary>Each with its field in the arm: <c>sites[1]</c>.</summary>
    public static IReadOnlyList<(string Field, string Site)> Of(PlanArm arm) => arm switch
    {
        Centralized a => [("site", a.Site)],
        DataParallel a => Listed("sites", a.Sites),
        DiLoCo a => Listed("sites", a.Sites),
        StreamingDiLoCo a => Listed("sites", a.Sites),
        CarbonAware a => Listed("sites", a.Sites),
        Federated a => [.. Listed("sites", a.Sites), .. a.Coordinator is { } coordinator ? [("coordinator", coordinator)] : Array.Empty<(string, string)>()],
        Hybrid a => [.. a.Regions.SelectMany(r => Listed($"regions.{r.Key}.sites", r.Value.Sites))],
        _ => throw new NotSupportedException($"There are no sites known of {arm.GetType().Name}."),
    };

    /// <summary>Refuses a name that no site has.</summary>
    public static bool RequireKnown(StrictFile<Plan> file, string field, string name, IEnumerable<string> known)
    {
        if (known.Contains(name))
        {
            return true;
        }
        string near = NearestName.Of(name, known) is { } nearest ? $". Did you mean {nearest}?" : "";
        file.Refuse(field, $"must be one of the sites {string.Join(", ", known)} (was {name}){near}");
        return false;
    }

    private static (string, string)[] Listed(string field, IReadOnlyList<string> sites) => [.. sites.Select((s, i) => ($"{field}[{i}]", s))];
}
