using Atoll.Planning.Analysis.Levers;
using Atoll.Planning.File;
using Atoll.Planning.Inputs;
using Atoll.Planning.Models;

namespace Atoll.Planning.Analysis;

/// <summary>What <c>solve</c> and <c>sweep</c> of a plan ask, understood.</summary>
internal sealed class Questions
{
    private const string ArmPrefix = "arms.";

    /// <param name="Arm">Index of the arm that the output is of.</param>
    public sealed record Unknown(Solve Solve, Lever Lever, int Arm, Output Output);

    public sealed record Course(Axis Axis, Axis? Against, Output Output);

    public required IReadOnlyList<Unknown> Solve { get; init; }

    public required IReadOnlyList<Course> Sweep { get; init; }

    /// <param name="refuse">Told the field (<c>solve[0].vary</c>) and the end of a sentence that begins with it.</param>
    /// <returns>What could be understood; all of it where nothing was refused.</returns>
    public static Questions Read(Plan plan, InputTable table, Action<string, string> refuse) => new()
    {
        Solve = [.. plan.Solve.Select((s, i) => Read(s, $"solve[{i}]", plan, table, refuse)).OfType<Unknown>()],
        Sweep = [.. plan.Sweep.Select((s, i) => Read(s, $"sweep[{i}]", table, refuse)).OfType<Course>()],
    };

    private static Unknown? Read(Solve solve, string field, Plan plan, InputTable table, Action<string, string> refuse)
    {
        Lever? lever = Find(table, solve.Vary, $"{field}.vary", refuse);
        if (!double.IsFinite(solve.Reaches))
        {
            refuse($"{field}.reaches", $"must be a finite number (was {solve.Reaches})");
            return null;
        }
        string[] arms = [.. plan.Arms.Keys];
        // The longest name that fits: one arm's name may begin with another's.
        string? arm = solve.Until.StartsWith(ArmPrefix, StringComparison.Ordinal)
            ? arms.Where(a => solve.Until.StartsWith($"{ArmPrefix}{a}.", StringComparison.Ordinal)).MaxBy(a => a.Length) : null;
        if (arm is null || Output.Find(solve.Until[(ArmPrefix.Length + arm.Length + 1)..]) is not { } output)
        {
            string[] known = [.. arms.SelectMany(a => Output.All.Select(o => $"{ArmPrefix}{a}.{o.Name}"))];
            refuse($"{field}.until", $"must be an output of an arm, such as {(known.Length > 0 ? $"{ArmPrefix}{arms[0]}.cost-usd.total" : "arms.NAME.cost-usd.total")} (was {solve.Until}){Near(solve.Until, known)}");
            return null;
        }
        return lever is null ? null : new(solve, lever, Array.IndexOf(arms, arm), output);
    }

    private static Course? Read(Sweep sweep, string field, InputTable table, Action<string, string> refuse)
    {
        Output? output = Output.Find(sweep.Show);
        if (output is null)
        {
            refuse($"{field}.show", $"must be one of {string.Join(", ", Output.All.Select(o => o.Name))} (was {sweep.Show}){Near(sweep.Show, Output.All.Select(o => o.Name))}");
        }
        Axis? axis = Find(table, sweep.Vary, $"{field}.vary", refuse) is { } lever
            ? Axis.Read(table, lever, sweep.Vary, sweep.From.Text, sweep.To.Text, sweep.Steps, sweep.Spacing, Inside(field)) : null;
        if (sweep.Against is not { } second)
        {
            return axis is null || output is null ? null : new(axis, null, output);
        }
        Axis? against = Find(table, second.Vary, $"{field}.against.vary", refuse) is { } other
            ? Axis.Read(table, other, second.Vary, second.From.Text, second.To.Text, second.Steps, second.Spacing, Inside($"{field}.against")) : null;
        if (axis is not null && against is not null && axis.Lever.Indices.Intersect(against.Lever.Indices).Any())
        {
            refuse($"{field}.against.vary", $"must be another input than {field}.vary (was {second.Vary})");
            return null;
        }
        return axis is null || against is null || output is null ? null : new(axis, against, output);

        Action<string, string> Inside(string outer) => (name, problem) => refuse($"{outer}.{name}", problem);
    }

    private static Lever? Find(InputTable table, string path, string field, Action<string, string> refuse)
    {
        if (!Lever.TryFind(table, path, out Lever? lever, out string problem))
        {
            refuse(field, problem);
        }
        return lever;
    }

    private static string Near(string written, IEnumerable<string> known) => NearestName.Of(written, known) is { } near ? $". Did you mean {near}?" : "";
}
