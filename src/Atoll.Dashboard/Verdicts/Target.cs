using Atoll.Dashboard.Figures;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Verdicts;

/// <summary>A value of the first metric that every compared arm comes to, and when each first does.</summary>
/// <remarks>The best that the arm that does worst ever reaches: the most that all can be asked for.</remarks>
internal sealed class Target
{
    private Target(MetricFacts metric, double value) => (Metric, Value) = (metric, value);

    public MetricFacts Metric { get; }

    public double Value { get; }

    /// <returns>Null where an arm was never evaluated.</returns>
    public static Target? Of(Reading reading, IReadOnlyList<ArmResult> arms)
    {
        double? least = null;
        foreach (var arm in arms)
        {
            if (Values(arm, reading.First) is not { Count: > 0 } values)
            {
                return null;
            }

            var best = reading.First.HigherIsBetter ? values.Max(at => at.Value) : values.Min(at => at.Value);
            least = least is { } other && reading.First.IsBetter(best, other) ? other : best;
        }

        return least is { } value ? new Target(reading.First, value) : null;
    }

    /// <summary>The first round after which an arm is there.</summary>
    public RoundResult? RoundOf(ArmResult arm) => Values(arm, Metric).Where(at => !Metric.IsBetter(Value, at.Value)).Select(at => at.Round).FirstOrDefault();

    /// <summary>Seconds of training on this machine until then.</summary>
    public double? SecondsHere(ArmResult arm) => RoundOf(arm) is { } there ? arm.Rounds.Where(round => round.Round <= there.Round).Sum(round => round.Seconds) : null;

    /// <summary>Hours at the declared sites until then: raw data are moved first, and rounds are alike.</summary>
    public double? HoursAtSites(ArmResult arm) => RoundOf(arm) is { } there && arm.Footprint?.Modelled is { } modelled && arm.Rounds.Count > 0
        ? modelled.MovementHours + ((modelled.WallClockHours - modelled.MovementHours) * there.Round / arm.Rounds[^1].Round)
        : null;

    private static List<(RoundResult Round, double Value)> Values(ArmResult arm, MetricFacts metric) =>
    [
        .. arm.Rounds.Where(round => round.Metrics.GetValueOrDefault(metric.Name) is { } value && double.IsFinite(value)).Select(round => (round, round.Metrics[metric.Name]!.Value)),
    ];
}
