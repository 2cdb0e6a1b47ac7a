using Atoll.Planning.Arms;
using Atoll.Planning.Sites;

namespace Atoll.Planning.File;

/// <summary>The sites as an arm has them: with as many of the devices as it says.</summary>
internal static class ArmSites
{
    public static IReadOnlyDictionary<string, SiteInputs> Of(string arm, PlanArm given, IReadOnlyDictionary<string, SiteInputs> sites, Figures figures)
    {
        if (given.Count is not { } count)
        {
            return sites;
        }
        string field = $"arms.{arm}.count";
        if (count.Low.Value <= 0)
        {
            figures.File.Refuse(field, $"must be more than 0 (was {count})");
            return sites;
        }
        HashSet<string> used = [.. SiteNames.Of(given).Where(n => n.Field != "coordinator").Select(n => n.Site)];
        double[] stated = figures.Table.Values();
        foreach (SiteInputs site in sites.Values.Where(s => used.Contains(s.Name) && s.Hardware is not null && count.High.Value > s.Count(stated)))
        {
            figures.File.Refuse(field, $"must be at most what {site.Name} has, {site.Count(stated)} (was {count})");
        }
        int index = figures.Given(field, count);
        return sites.ToDictionary(s => s.Key, s => used.Contains(s.Key) && s.Value.Hardware is { } hardware
            ? s.Value with { Hardware = hardware with { CountIndex = index } }
            : s.Value);
    }
}
