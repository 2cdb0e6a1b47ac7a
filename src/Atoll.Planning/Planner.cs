using System.Reflection;
using Atoll.Planning.Analysis;
using Atoll.Planning.Analysis.Choice;
using Atoll.Planning.Analysis.Crossings;
using Atoll.Planning.Analysis.Uncertainty;
using Atoll.Planning.File;
using Atoll.Planning.Inputs;
using Atoll.Planning.Models;
using Atoll.Planning.Results;

namespace Atoll.Planning;

/// <summary>Answers a plan: figures and ranges of each arm, what moves them, where the ranking flips, what was asked for, and a recommendation.</summary>
/// <remarks>The same plan with the same seed gives the same bytes of JSON, on however many threads.</remarks>
public static class Planner
{
    /// <param name="progress">Told the share of the draws that are done, from several threads.</param>
    /// <param name="threads">At most so many; as many as there are cores where not given.</param>
    /// <exception cref="PlanException">A question of the plan cannot be understood, or an arm comes to no number.</exception>
    public static PlanResult Plan(PreparedPlan prepared, IProgress<double>? progress = null, int? threads = null, CancellationToken cancel = default)
    {
        Plan plan = prepared.Plan;
        InputTable table = prepared.Inputs;
        Questions questions = Questions.Read(plan, table, (field, problem) => throw new PlanException($"{field} {problem}{(problem.EndsWith('?') ? "" : ".")}"));
        ParallelOptions parallel = new() { CancellationToken = cancel, MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount };

        Alternative[] arms = [.. prepared.Arms.Select(a => new Alternative(a.Name, a.Kind, a.Model) { RawData = a.Privacy.Moves })];
        IReadOnlyList<Criterion> criteria = Criterion.Of(plan.Objective);
        double[] given = table.Values();
        ArmOutcome[] outcomes = [.. arms.Select(a => a.Model.Evaluate(given))];
        ArmPlan[] plans = [.. prepared.Arms.Select((arm, a) => ArmPlans.Of(arm, outcomes[a], given))];
        int baseline = Math.Max(0, Array.FindIndex(arms, a => a.Kind == "centralized"));

        bool anyRange = new InputDraws(table, plan.Seed).AnyRange;
        // Without a range all draws are one.
        MonteCarlo? draws = plan.Draws == 0 ? null : MonteCarlo.Run(arms, table, criteria, plan.Seed, anyRange ? plan.Draws : 1, parallel, progress);
        IReadOnlyList<Influence>[] tornados = new IReadOnlyList<Influence>[arms.Length];
        Parallel.For(0, arms.Length, parallel, a => tornados[a] = Tornado.Of(arms[a], table, criteria, cancel));
        BreakEvenSearch flips = new BreakEvenSearch(arms, table, criteria).Run(parallel);
        Solution[] solved = new Solution[questions.Solve.Count];
        Parallel.For(0, solved.Length, parallel, i =>
        {
            Questions.Unknown q = questions.Solve[i];
            solved[i] = Solver.Find(q.Solve, q.Lever, arms[q.Arm], q.Output, table, cancel);
        });

        return new()
        {
            Name = plan.Name,
            Atoll = typeof(Planner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
            Workload = prepared.Workload,
            Baseline = arms[baseline].Name,
            Arms = [.. plans.Select((arm, a) => arm with { Range = Json(draws?.Ranges(a)), Tornado = tornados[a] })],
            Solved = solved,
            BreakEvens = flips.ByCriterion,
            Sweeps = [.. questions.Sweep.Select(s => Sweeps.Run(s.Axis, s.Against, s.Output, arms, table, parallel))],
            Pareto = [.. ParetoFront.Of([.. criteria.Select(c => arms.Select((arm, a) => c.Weighable(c.Figure(arm, outcomes[a]))).ToArray())]).Select(a => arms[a].Name)],
            Recommendation = new Advice(arms, criteria, outcomes, baseline, anyRange ? draws : null, plan.Draws, flips).Give(),
            Draws = plan.Draws,
            Provenance = [.. table.Inputs.Select(input => input.Source)],
            Notes = UnlikeWork.Note(arms, outcomes, baseline) is { } unlike ? [.. prepared.Notes, unlike] : prepared.Notes,
        };
    }

    private static Dictionary<string, Percentiles> Json(IReadOnlyDictionary<string, Percentiles>? ranges) =>
        Output.All.Where(o => ranges?.ContainsKey(o.Name) == true).ToDictionary(o => o.JsonName, o => ranges![o.Name]);
}
