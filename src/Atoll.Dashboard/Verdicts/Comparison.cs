using Atoll.Dashboard.Figures;

namespace Atoll.Dashboard.Verdicts;

/// <summary>Two values of one metric held against each other.</summary>
/// <remarks>
/// With several seeds, a difference d is level while |d| ≤ √(sd₁² + sd₂²), the standard deviation of the difference between two single runs:
/// another seed could well have turned it round. With one seed only a difference too small for the digits shown is level.
/// </remarks>
internal readonly record struct Comparison(MetricFacts Metric, Measured Ours, Measured Theirs)
{
    public double Difference => Ours.Value - Theirs.Value;

    public bool IsWithinSpread => Ours.Sd is { } a && Theirs.Sd is { } b && Math.Abs(Difference) <= Math.Sqrt((a * a) + (b * b));

    public Outcome Outcome =>
        Figure.IsShownAsZero(Metric, Difference) || IsWithinSpread ? Outcome.Level
        : Metric.IsBetter(Ours.Value, Theirs.Value) ? Outcome.Better
        : Outcome.Worse;

    /// <summary>A phrase such as <c>1.2 points below centralized</c>.</summary>
    public string Words(string other)
    {
        var size = Figure.Difference(Metric, Difference);
        return (Outcome, Metric.HigherIsBetter) switch
        {
            (Outcome.Level, _) when Figure.IsShownAsZero(Metric, Difference) => $"level with {other}",
            (Outcome.Level, _) => $"level with {other} ({Figure.Gap(Metric, Difference)}, within the spread over the seeds)",
            (Outcome.Better, true) => $"{size} above {other}",
            (Outcome.Worse, true) => $"{size} below {other}",
            (Outcome.Better, false) => $"{size} lower (better) than {other}",
            _ => $"{size} higher (worse) than {other}",
        };
    }
}
