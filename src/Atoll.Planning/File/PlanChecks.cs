using System.Text.RegularExpressions;
using Atoll.Experiments;

namespace Atoll.Planning.File;

/// <summary>What a plan file must be before its figures are looked at: names, and that there is something to compare.</summary>
internal static partial class PlanChecks
{
    private const string Rule = "must be at most 64 letters, digits, - and _, and begin with a letter or digit";

    public static void Names(StrictFile<Plan> file)
    {
        Plan plan = file.Value;
        if (!Safe().IsMatch(plan.Name))
        {
            file.Refuse("name", $"{Rule} (was {plan.Name})");
        }
        foreach (string site in plan.Sites.Keys.Where(s => !Safe().IsMatch(s)))
        {
            file.Refuse($"sites.{site}", $"is no name of a site: it {Rule} (was {site})");
        }
        foreach (string arm in plan.Arms.Keys.Where(a => !Safe().IsMatch(a)))
        {
            file.Refuse($"arms.{arm}", $"is no name of an arm: it {Rule} (was {arm})");
        }
        if (plan.Sites.Count == 0)
        {
            file.Refuse("sites", "must name at least one site (was empty)");
        }
        if (plan.Arms.Count == 0)
        {
            file.Refuse("arms", "must name at least one arm (was empty)");
        }
        if (plan.Objective is { Time: 0, Cost: 0, Carbon: 0, Energy: 0, Water: 0, Privacy: 0, Accuracy: 0 })
        {
            file.Refuse("objective", "must weigh at least one of time, cost, carbon, energy, water, privacy and accuracy (was 0 for all)");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Safe();
}
