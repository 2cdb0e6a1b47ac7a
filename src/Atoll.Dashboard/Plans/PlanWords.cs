using Atoll.Experiments.Results;
using System.Globalization;
using Atoll.Dashboard.Figures;
using Atoll.Planning.Results;

namespace Atoll.Dashboard.Plans;

/// <summary>Sentences that the page makes of a plan's figures.</summary>
internal static class PlanWords
{
    /// <summary>How a figure stands to another: <c>38 % less than $1.20 M</c>, <c>3.2 times $1.20 M</c>.</summary>
    public static string Against(PlanFigure figure, double value, double other, string otherText)
    {
        if (figure.Unit == UnitScale.Share)
        {
            var points = (value - other) * 100;
            return Math.Abs(points) < 0.05 ? $"as {otherText}" : FormattableString.Invariant($"{Math.Abs(points):0.0} points {(points > 0 ? "above" : "below")} {otherText}");
        }

        var ratio = value / other;
        return other <= 0 || value < 0 || !double.IsFinite(ratio) ? $"against {otherText}"
            : Math.Abs(ratio - 1) < 0.0005 ? $"as {otherText}"
            : ratio >= 2 ? $"{Times(ratio)} times {otherText}"
            : FormattableString.Invariant($"{Percent(Math.Abs(ratio - 1))} {(ratio < 1 ? "less" : "more")} than {otherText}");
    }

    /// <summary>What the plan rests on: <c>42 inputs: 5 measured, 22 modelled, 15 assumed</c>.</summary>
    public static string Basis(IReadOnlyCollection<FigureSource> inputs) => Counted.Of(inputs.Count, "input") + (inputs.Count == 0 ? "" : ": "
        + string.Join(", ", inputs.CountBy(input => IsGiven(input) ? "given" : input.Basis).OrderBy(basis => Rank(basis.Key)).ThenBy(basis => basis.Key, StringComparer.Ordinal).Select(basis => $"{basis.Value} {basis.Key}")));

    /// <summary>Stated by the plan as a fact: in the JSON that counts as measured, but nobody that the page knows of has.</summary>
    public static bool IsGiven(FigureSource input) => input.Basis == "measured" && input.Source.StartsWith("the plan file", StringComparison.Ordinal);

    /// <summary>What was asked for and found.</summary>
    public static string Solved(PlanResult plan, Solution solution)
    {
        var arm = plan.Arms.Where(arm => solution.Until.StartsWith($"arms.{arm.Name}.", StringComparison.Ordinal)).MaxBy(arm => arm.Name.Length);
        var figure = arm is null ? null : PlanFigure.Find(solution.Until[(arm.Name.Length + 6)..]);
        var goal = figure is null ? $"{solution.Until} reaches {Figure.Amount(solution.Reaches, "")}" : $"the {Lower(figure.Label)} of {arm!.Name} reaches {figure.Text(solution.Reaches)}";
        return solution.Value is { } value && double.IsFinite(value)
            ? $"{(figure is null ? goal : Capital(goal))} where the {PathWords.Of(solution.Vary)} is {Figure.Amount(value, solution.Unit)}."
            : $"No {PathWords.Of(solution.Vary)} is one at which {goal}.";
    }

    public static string Stacks(PlanModel model) => "Stacked bar chart of each arm’s time, energy, carbon and money by what they go to. "
        + Sentences(model.Arms.Select(arm => $"{arm.Name}: {string.Join(", ", PlanStack.All.Select(stack => model.Text(arm, stack.Total)))}"));

    public static string Pareto(PlanModel model) => "Scatter chart of the arms by cost and carbon, or by time. "
        + (model.Plan.Pareto.Count > 0 ? $"No other arm beats these in all that the plan weighs at once: {string.Join(", ", model.Plan.Pareto)}." : "");

    public static string Tornado(PlanModel model) => "Bar chart of what becomes of an arm’s figure when one input goes from the low to the high end of its range. "
        + Sentences(model.Arms.Where(arm => arm.Tornado.Count > 0).Select(arm => $"{arm.Name} is moved most by the {PathWords.Of(arm.Tornado[0].Input)}"));

    public static string Sweep(SweepReading sweep)
    {
        var first = $"{Figure.Amount(sweep.Values[0], sweep.Sweep.Unit)} to {Figure.Amount(sweep.Values[^1], sweep.Sweep.Unit)}";
        if (sweep.IsMap)
        {
            return $"Map of the arm with the best {Lower(sweep.Label)} for {PathWords.Of(sweep.Sweep.Vary)} from {first} and {PathWords.Of(sweep.Sweep.Against!)} from "
                + $"{Figure.Amount(sweep.Against[0], sweep.Sweep.AgainstUnit ?? "")} to {Figure.Amount(sweep.Against[^1], sweep.Sweep.AgainstUnit ?? "")}.";
        }

        return $"Line chart of {Lower(sweep.Label)} for {PathWords.Of(sweep.Sweep.Vary)} from {first}. "
            + (sweep.Marks.Count == 0 ? $"{sweep.BestAt(0)} is best throughout." : $"The best arm changes at {string.Join(", ", sweep.Marks.Select(mark => Figure.Amount(mark, sweep.Sweep.Unit)))}.");
    }

    public static string Timeline(ArmPlan arm) => $"Line chart of the grid’s carbon intensity over time at {string.Join(", ", arm.Timeline!.Intensity.Keys)}, and where {arm.Name} runs. {Shift(arm)}";

    public static string Shift(ArmPlan arm)
    {
        var timeline = arm.Timeline!;
        var running = timeline.Runs.Count(site => site is not null) * timeline.StepSeconds;
        var span = timeline.Runs.Count * timeline.StepSeconds;
        var atOnce = "starting at once" + (timeline.Intensity.Count > 1 ? $" at {timeline.Intensity.Keys.First()}" : "");
        return $"{arm.Name} runs {Figure.Amount(running, "s")} of {Figure.Amount(span, "s")} and "
            + (timeline.SavedKg > 0 ? $"saves {Figure.Amount(timeline.SavedKg, "kg")} of CO₂e against {atOnce}."
                : timeline.SavedKg < 0 ? $"emits {Figure.Amount(-timeline.SavedKg, "kg")} of CO₂e more than {atOnce}."
                : $"saves nothing against {atOnce}.");
    }

    public static string Moment(DateTimeOffset time) => time.ToUniversalTime().ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A label as it stands inside a sentence: abbreviations keep their letters.</summary>
    public static string Lower(string label) => label.Length > 1 && char.IsUpper(label[0]) && char.IsLower(label[1]) ? char.ToLowerInvariant(label[0]) + label[1..] : label;

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A basis that the contract does not know comes last.</summary>
    private static int Rank(string basis) => basis switch { "given" => 0, "measured" => 1, "modelled" => 2, "assumed" => 3, _ => 4 };

    private static string Times(double ratio) => ratio.ToString(ratio < 9.95 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{(share * 100).ToString(share < 0.0995 ? "0.0" : "0", CultureInfo.InvariantCulture)} %");

    private static string Sentences(IEnumerable<string> parts) => string.Join("; ", parts) is { Length: > 0 } text ? text + "." : "";
}
