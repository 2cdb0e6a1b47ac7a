using Atoll.Dashboard.Figures;
using Atoll.Experiments.Results;

namespace Atoll.Cli.Running;

/// <summary>A round's figures as they stand beside its progress: <c>loss 0.312  accuracy 93.1 %</c>.</summary>
internal static class RoundText
{
    /// <returns>Empty where the round was not evaluated.</returns>
    public static string Of(RoundResult round)
    {
        string loss = round.Loss is null ? "" : $"loss {Figure.Metric(MetricFacts.Of("loss"), round.Loss)}";
        return FirstMetric(round) is not { } metric ? loss : loss.Length > 0 ? $"{loss}  {metric}" : metric;
    }

    /// <summary>What arms are ranked by, alone; null where the round has nothing beside its loss.</summary>
    public static string? FirstMetric(RoundResult round)
    {
        foreach ((string name, double? value) in round.Metrics.Where(m => m.Key != "loss" && m.Value is not null).Take(1))
        {
            MetricFacts metric = MetricFacts.Of(name);
            return $"{metric.Label} {Figure.Metric(metric, value)}";
        }
        return null;
    }
}
