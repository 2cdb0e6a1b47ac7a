using Atoll.Dashboard.Figures;
using Atoll.Experiments.Results;

namespace Atoll.Cli.Running;

/// <summary>A round's figures as they stand beside its progress: <c>loss 0.312  accuracy 93.1 %</c>.</summary>
internal static class RoundText
{
    /// <returns>Empty where the round was not evaluated.</returns>
    public static string Of(RoundResult round)
    {
        List<string> parts = [];
        if (round.Loss is not null)
        {
            parts.Add($"loss {Figure.Metric(MetricFacts.Of("loss"), round.Loss)}");
        }
        foreach ((string name, double? value) in round.Metrics.Where(m => m.Key != "loss" && m.Value is not null).Take(1))
        {
            MetricFacts metric = MetricFacts.Of(name);
            parts.Add($"{metric.Label} {Figure.Metric(metric, value)}");
        }
        return string.Join("  ", parts);
    }
}
