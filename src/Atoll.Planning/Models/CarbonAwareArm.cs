using System.Globalization;
using Atoll.Footprint.Quantities;
using Atoll.Planning.Arms;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>A carbon-aware arm of a plan file, checked, to its model.</summary>
internal static class CarbonAwareArm
{
    /// <returns>Null where something was refused.</returns>
    public static (IArmModel Model, PrivacyPlan Privacy)? Create(CarbonAware arm, ArmContext context)
    {
        SiteInputs[] sites = [.. arm.Sites.Select(name => context.Sites[name])];
        if (!CheckFields(arm, context, sites))
        {
            return null;
        }
        if (CarbonAwareGrids.Of(sites, out string problem) is not { } grids)
        {
            context.Refuse("sites", problem);
            return null;
        }
        (IArmModel Model, PrivacyPlan Privacy)?[] centralized = [.. sites.Select(s => CentralizedModel.Create(new() { Site = s.Name }, context))];
        CarbonAwareMoves? moves = arm.Strategy == ShiftStrategy.Migrate ? CarbonAwareMoves.Of(sites, context) : null;
        int? start = Start(arm, context, grids, sites, out bool starts);
        if (centralized.Any(c => c is null) || (arm.Strategy == ShiftStrategy.Migrate && moves is null) || !starts)
        {
            return null;
        }
        int? slack = arm.Slack is { } s ? context.Note<Time>("slack", s) : null, deadline = arm.Deadline is { } d ? context.Note<Time>("deadline", d) : null;
        CarbonAwareWindows windows = new(slack, deadline, grids.Step.TotalSeconds);
        IArmModel[] models = [.. centralized.Select(c => c!.Value.Model)];
        double[] x = context.Inputs.Values();
        ArmOutcome[] outcomes = [.. models.Select(m => m.Evaluate(x))];
        if (!CheckTimes(arm, context, grids, sites, outcomes, windows.Job(x, outcomes), start))
        {
            return null;
        }
        CarbonAwareModel model = new(arm, context, grids, sites, models, moves, windows, start);
        context.Notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"{context.Path("strategy")}: on the figures as given, {(arm.Start is null ? "at the mean over all starts, " : "")}{Doing(arm.Strategy)} changes the carbon of running by {-100 * model.Saving(x):+0.0;−0.0;0} % against starting at once at {sites[0].Name}."));
        return (model, Privacy([.. centralized.Select(c => c!.Value.Privacy)], sites));
    }

    private static bool CheckFields(CarbonAware arm, ArmContext context, SiteInputs[] sites)
    {
        (string Field, string Problem, bool IsWrong)[] checks =
        [
            ("slack", $"must be at least 0 s (was {arm.Slack})", arm.Slack is { Value: < 0 }),
            ("deadline", $"must be more than 0 s (was {arm.Deadline})", arm.Deadline is { Value: <= 0 }),
            ("sites", "must be more than one where neither slack nor deadline is given: there is nothing to choose", arm.Sites.Count == 1 && arm.Slack is null && arm.Deadline is null),
            ("start", "needs a site whose grid is a trace: without one, all starts are alike", arm.Start is not null && sites.All(s => s.Trace is null)),
        ];
        foreach ((string field, string message, _) in checks.Where(c => c.IsWrong))
        {
            context.Refuse(field, message);
        }
        return !checks.Any(c => c.IsWrong);
    }

    private static int? Start(CarbonAware arm, ArmContext context, CarbonAwareGrids grids, SiteInputs[] sites, out bool isGood)
    {
        isGood = true;
        if (arm.Start is null)
        {
            return null;
        }
        DateTimeOffset end = grids.Start + grids.Length * grids.Step;
        if (!DateTimeOffset.TryParse(arm.Start, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at))
        {
            context.Refuse("start", $"must be a time such as 2022-03-01T06:00Z (was \"{arm.Start}\")");
        }
        else if (at < grids.Start || at >= end)
        {
            context.Refuse("start", $"must lie within {(sites.Length == 1 ? "the trace" : "the time of all traces")}, from {grids.Start:u} to before {end:u} (was {at:u})");
        }
        else
        {
            return (int)((at - grids.Start).Ticks / grids.Step.Ticks);
        }
        isGood = false;
        return null;
    }

    private static bool CheckTimes(CarbonAware arm, ArmContext context, CarbonAwareGrids grids, SiteInputs[] sites, ArmOutcome[] outcomes, CarbonAwareJob job, int? start)
    {
        int soonest = Array.IndexOf(outcomes, outcomes.MinBy(o => o.WallClockSeconds));
        Quantity<Time> least = new(outcomes[soonest].WallClockSeconds);
        if (Enumerable.Range(0, job.Sites).All(site => job.Slack[site] < 0))
        {
            context.Refuse("deadline", $"must be at least {least}, which the job takes at the fastest site, {sites[soonest].Name} (was {arm.Deadline})");
            return false;
        }
        int rest = grids.Length - (start ?? 1); // of all starts, the last has a step to spare
        if (Enumerable.Range(0, job.Sites).All(site => !job.Fits(site, rest)))
        {
            SiteInputs traced = sites.First(s => s.Trace is not null);
            Quantity<Time> covered = new(rest * grids.Step.TotalSeconds), needed = new(job.Steps.Min() * grids.Step.TotalSeconds);
            context.File.Refuse($"sites.{traced.Name}.grid.trace", start is null
                ? $"must be longer than the job of {context.ArmName}, which takes {needed} (the trace has {traced.Trace!.Length}{(sites.Length > 1 ? $", of which all sites' traces cover {covered}" : "")})"
                : $"must reach to the end of the job of {context.ArmName}, which takes {needed} (from its start, the trace has {covered})");
            return false;
        }
        return true;
    }

    private static string Doing(ShiftStrategy strategy) => strategy switch { ShiftStrategy.Defer => "deferring", ShiftStrategy.Interrupt => "deferring and interrupting", _ => "migrating" };

    private static PrivacyPlan Privacy(PrivacyPlan[] plans, SiteInputs[] sites)
    {
        PrivacyPlan[] moving = [.. plans.Where(p => p.RawData != "nowhere")];
        return new()
        {
            Moves = moving.Select(p => p.Moves).DefaultIfEmpty(RawDataMovement.None).Max(),
            RawData = moving.Length == 0 ? "nowhere" : string.Join("; or ", moving.Select(p => p.RawData).Distinct()),
            CoordinatorSees = moving.Length == 0 ? $"there is none: the data stay at {string.Join(" or ", sites.Select(s => s.Name))}" : "all raw data, at the site that trains",
            Facts = [.. (moving.Length == 0 ? plans : moving).SelectMany(p => p.Facts).Distinct()],
        };
    }
}
