using Atoll.Planning.Models;
using Atoll.Planning.Results;

namespace Atoll.Dashboard.Tests.Samples;

/// <summary>Every text of a plan written by someone who means harm.</summary>
internal static class HostilePlan
{
    public static PlanResult Make()
    {
        var plan = SamplePlan.Frontier();
        string[] names = ["a" + HostileRun.Script, "b" + HostileRun.Image, "c" + HostileRun.EndsScript, new string('W', 120), HostileRun.Template];
        var rename = plan.Arms.Select((arm, i) => (arm.Name, New: names[i])).ToDictionary(pair => pair.Name, pair => pair.New, StringComparer.Ordinal);
        return plan with
        {
            Name = "plan" + HostileRun.Script + HostileRun.Image,
            Workload = HostileRun.EndsScript,
            Baseline = names[0],
            Pareto = [.. plan.Pareto.Select(name => rename[name])],
            Recommendation = new() { Arm = names[2], Reasons = [HostileRun.Script, HostileRun.Image] },
            Notes = [HostileRun.EndsScript],
            Solved = [.. plan.Solved.Select(solution => solution with { Note = HostileRun.Image })],
            BreakEvens = [.. plan.BreakEvens.Select(even => even with { Text = HostileRun.Script })],
            Sweeps = [.. plan.Sweeps.Select(sweep => sweep with { Arms = sweep.Arms.ToDictionary(pair => rename[pair.Key], pair => pair.Value) })],
            Provenance = [.. plan.Provenance.Select(input => input with { Source = HostileRun.Script, Note = HostileRun.Image, Basis = "\"><img src=x>", Url = "javascript:window.harmed=1" })],
            Arms =
            [
                .. plan.Arms.Select(arm => arm with
                {
                    Name = rename[arm.Name],
                    Kind = HostileRun.Script,
                    LinkBytes = arm.LinkBytes.ToDictionary(link => link.Key + HostileRun.Image, link => link.Value),
                    Privacy = new() { RawData = HostileRun.Script, CoordinatorSees = HostileRun.Image, Facts = [HostileRun.EndsScript] },
                    Formulas = [.. arm.Formulas.Select(formula => new Formula { Output = formula.Output, Text = HostileRun.Script, Source = HostileRun.Image, Inputs = [.. formula.Inputs, HostileRun.Script] })],
                    Tornado = [.. arm.Tornado, new(HostileRun.Script, "cost-usd.total", 1, 2)],
                    Timeline = arm.Timeline is { } timeline
                        ? timeline with { Intensity = timeline.Intensity.ToDictionary(site => site.Key + HostileRun.Script, site => site.Value), Runs = [.. timeline.Runs.Select(site => site is null ? null : site + HostileRun.Script)] }
                        : null,
                }),
            ],
        };
    }
}
