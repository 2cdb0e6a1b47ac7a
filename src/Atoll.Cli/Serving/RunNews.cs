using System.Globalization;
using Atoll.Dashboard.Figures;
using Atoll.Experiments.Protocol;
using Atoll.Experiments.Results;

namespace Atoll.Cli.Serving;

/// <summary>What is new between two looks at a run, a line each.</summary>
internal static class RunNews
{
    /// <param name="before">Null at the first look: what was done before is summed up.</param>
    public static IEnumerable<string> Between(RunStatus? before, RunStatus now)
    {
        foreach ((int i, SiteStatus site) in now.Sites.Index())
        {
            // A run's sites are the same in the same order at every look.
            SiteActivity was = before?.Sites[i].Activity ?? SiteActivity.Expected;
            if (was != site.Activity && Words(was, site.Activity) is { } words)
            {
                yield return $"{site.Name} {words}";
            }
        }
        foreach (ArmStatus arm in now.Arms)
        {
            ArmStatus? was = before?.Arms.FirstOrDefault(a => a.Name == arm.Name);
            if (before is null && arm.Completed > 0)
            {
                yield return $"{arm.Name}: {arm.Completed} of {arm.Rounds} rounds done before";
            }
            else
            {
                int known = was?.Results.Count ?? 0;
                for (int i = 0; i < arm.Results.Count; i++)
                {
                    if (i >= known)
                    {
                        yield return Round(arm, arm.Results[i]);
                    }
                    else if (Metrics(was!.Results[i]).Length == 0 && Metrics(arm.Results[i]) is { Length: > 0 } found) // sites evaluate later than they train
                    {
                        yield return string.Create(CultureInfo.InvariantCulture, $"{arm.Name} after round {arm.Results[i].Round}{found}");
                    }
                }
            }
            if (arm.Stopped is { } why && was?.Stopped is null)
            {
                yield return $"{arm.Name} stopped: {why}";
            }
        }
        if (before is not null)
        {
            foreach (RejectionStatus rejection in now.Rejections.Take((int)Math.Min(now.Rejections.Count, now.Rejected - before.Rejected)).Reverse())
            {
                yield return $"refused, from {rejection.Site ?? "a stranger"}: {rejection.Reason}";
            }
        }
        if (before?.Reason != now.Reason || before.Phase != now.Phase)
        {
            yield return now.Reason;
        }
    }

    private static string Round(ArmStatus arm, RoundResult round)
    {
        string head = string.Create(CultureInfo.InvariantCulture, $"{arm.Name} round {round.Round} of {arm.Rounds}");
        return $"{head}  {Figure.Duration(round.Seconds)}{Metrics(round)}";
    }

    private static string Metrics(RoundResult round) =>
        string.Concat(round.Metrics.Where(metric => metric.Value is not null).Select(metric => $"  {MetricFacts.Of(metric.Key).Label} {Figure.Metric(MetricFacts.Of(metric.Key), metric.Value)}"));

    private static string? Words(SiteActivity was, SiteActivity now) => (was, now) switch
    {
        (SiteActivity.Expected, SiteActivity.Online or SiteActivity.Training) => "joined",
        (SiteActivity.Lost, SiteActivity.Online or SiteActivity.Training) => "is back",
        (_, SiteActivity.Lost) => "is lost",
        (_, SiteActivity.Late) => "is late",
        _ => null,
    };
}
