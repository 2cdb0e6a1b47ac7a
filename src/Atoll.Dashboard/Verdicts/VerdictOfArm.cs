using Atoll.Dashboard.Figures;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Verdicts;

/// <summary>One arm in sentences.</summary>
internal static class VerdictOfArm
{
    public static ArmVerdict Of(Reading reading, ArmResult arm)
    {
        if (arm.Stopped is { } why)
        {
            return new ArmVerdict { Arm = arm.Name, Outcome = Outcome.Stopped, Summary = $"Stopped before its end: {Sentence.End(why)}{LastSeen(reading, arm)}" };
        }

        if (reading.Pooled(arm) is not { } value)
        {
            return new ArmVerdict { Arm = arm.Name, Outcome = Outcome.Unknown, Summary = $"Its {reading.First.Label} is not defined on the test rows." };
        }

        var baseline = reading.Against(arm, reading.Baseline ?? reading.Rival(arm));
        return new ArmVerdict
        {
            Arm = arm.Name,
            Outcome = reading.IsBaseline(arm) ? Outcome.Baseline : baseline?.Outcome ?? Outcome.Unknown,
            Summary = Summary(reading, arm, value),
            Sites = [.. SiteSentences(reading, arm)],
        };
    }

    private static string Summary(Reading reading, ArmResult arm, Measured value)
    {
        var reached = $"{Figure.Metric(reading.First, value.Value, value.Sd)} {reading.First.Label} {reading.Where}";
        List<string> positions = [];
        if (reading.Against(arm, reading.Baseline) is { } baseline)
        {
            positions.Add(baseline.Words(reading.Run.Baseline));
        }

        else if (reading.Baseline is null && reading.Rival(arm) is { } rival && reading.Against(arm, rival) is { } other)
        {
            positions.Add(other.Words(rival.Name));
        }

        if (!reading.IsBaseline(arm) && reading.Against(arm, reading.Local) is { } local)
        {
            positions.Add(local.Words("the sites alone"));
        }

        return positions.Count == 0 ? reached + "." : $"{reached}: {Sentence.Join(positions)}.";
    }

    private static string LastSeen(Reading reading, ArmResult arm)
    {
        var last = arm.Rounds.LastOrDefault(round => Measured.From(reading.First.Name, round.Metrics, null) is not null);
        return last is null ? "" :
            $" Its last evaluated {reading.First.Label} was {Figure.Metric(reading.First, last.Metrics[reading.First.Name])} after {Step(arm)} {last.Round}.";
    }

    private static string Step(ArmResult arm) => arm.Kind == "federated" ? "round" : "epoch";

    private static IEnumerable<string> SiteSentences(Reading reading, ArmResult arm)
    {
        var sites = reading.Sites(arm).ToList();
        if (sites.Count < 2)
        {
            yield break;
        }

        var baseline = reading.IsBaseline(arm) ? [] : ByName(reading.Sites(reading.Baseline));
        var worst = sites.Aggregate((a, b) => reading.First.IsBetter(a.Value.Value, b.Value.Value) ? b : a);
        var there = baseline.TryGetValue(worst.Site, out var same)
            ? $", {new Comparison(reading.First, worst.Value, same).Words(reading.Run.Baseline)} there"
            : "";
        yield return $"Worst site: {worst.Site} with {Figure.Metric(reading.First, worst.Value.Value, worst.Value.Sd)}{there}.";

        if (Furthest(reading, sites, baseline) is { } furthest && furthest.Site != worst.Site)
        {
            yield return $"Furthest behind {reading.Run.Baseline}: {furthest.Site}, {furthest.Comparison.Words("it")}.";
        }

        if (reading.Local is { } local && local.Name != arm.Name && !reading.IsBaseline(arm) && AheadOf(reading, sites, ByName(reading.Sites(local)), "alone") is { } ahead)
        {
            yield return ahead;
        }

        if (reading.Baseline is null && reading.Rival(arm) is { } rival && AheadOf(reading, sites, ByName(reading.Sites(rival)), rival.Name) is { } aheadOfRival)
        {
            yield return aheadOfRival;
        }
    }

    private static (string Site, Comparison Comparison)? Furthest(
        Reading reading, IEnumerable<(string Site, Measured Value)> sites, Dictionary<string, Measured> baseline)
    {
        var behind = sites.Where(site => baseline.ContainsKey(site.Site))
            .Select(site => (site.Site, Comparison: new Comparison(reading.First, site.Value, baseline[site.Site])))
            .Where(site => site.Comparison.Outcome == Outcome.Worse)
            .ToList();
        return behind.Count == 0 ? null : behind.MaxBy(site => Math.Abs(site.Comparison.Difference));
    }

    private static string? AheadOf(Reading reading, IEnumerable<(string Site, Measured Value)> sites, Dictionary<string, Measured> alone, string name)
    {
        var compared = sites.Where(site => alone.ContainsKey(site.Site)).ToList();
        var better = compared.Count(site => new Comparison(reading.First, site.Value, alone[site.Site]).Outcome == Outcome.Better);
        var worse = compared.Count(site => new Comparison(reading.First, site.Value, alone[site.Site]).Outcome == Outcome.Worse);
        var all = Counted.Of(compared.Count, "site");
        return (better, worse) switch
        {
            _ when compared.Count == 0 => null,
            _ when better == compared.Count => $"Better than {name} at all {all}.",
            _ when worse == compared.Count => $"Worse than {name} at all {all}.",
            (0, 0) => $"Level with {name} at all {all}.",
            _ => $"Better than {name} at {Figure.Count(better)} of {all}, worse at {Figure.Count(worse)}.",
        };
    }

    /// <summary>Where a name comes twice the first stands.</summary>
    private static Dictionary<string, Measured> ByName(IEnumerable<(string Site, Measured Value)> sites) =>
        sites.DistinctBy(site => site.Site).ToDictionary(site => site.Site, site => site.Value, StringComparer.Ordinal);
}
