using System.Text.Json;
using Atoll.Experiments.Results;
using Atoll.Learning.Evaluation;

namespace Atoll.Experiments.Metrics;

/// <summary>Metrics by name.</summary>
public static class MetricValue
{
    /// <summary>The usual metrics of the task, for an arm that names none.</summary>
    public static IReadOnlyList<Metric> Usual(bool classification) => classification
        ? [Metric.Accuracy, Metric.Auc, Metric.Loss]
        : [Metric.RootMeanSquaredError, Metric.MeanAbsoluteError, Metric.R2, Metric.Loss];

    /// <summary>Why a metric does not go with the task, or null when it does.</summary>
    public static string? Misfit(Metric metric, bool classification)
    {
        bool fits = metric switch
        {
            Metric.Loss => true,
            Metric.Accuracy or Metric.Auc or Metric.F1 => classification,
            _ => !classification,
        };
        return fits ? null : $"Metric {NameOf(metric)} needs a label that is a {(classification ? "value" : "class")}, but this label is a {(classification ? "class" : "value")}.";
    }

    /// <summary>The name in files and reports: kebab-case.</summary>
    public static string NameOf(Metric metric) => JsonNamingPolicy.KebabCaseLower.ConvertName(metric.ToString());

    public static bool IsHigherBetter(Metric metric) => metric is Metric.Accuracy or Metric.Auc or Metric.F1 or Metric.R2;

    /// <summary>The site that fares worst by the first metric; sites where it is not defined are passed over while there is another.</summary>
    public static SiteMetrics WorstOf(IReadOnlyList<SiteMetrics> sites, Metric first)
    {
        string name = NameOf(first);
        int sign = IsHigherBetter(first) ? 1 : -1;
        return sites.Where(site => site.Metrics[name] is not null).MinBy(site => sign * site.Metrics[name]) ?? sites[0];
    }

    /// <summary>Any metric but the loss, which only the network knows; null where it is not defined.</summary>
    public static double? Of(Metric metric, ReadOnlySpan<float> predictions, int outputs, ReadOnlySpan<float> targets) => metric switch
    {
        Metric.Accuracy => ClassificationMetrics.Accuracy(predictions, outputs, targets),
        Metric.Auc => RocAuc.Of(predictions, outputs, targets),
        Metric.F1 => ClassificationMetrics.MacroF1(predictions, outputs, targets),
        Metric.MeanAbsoluteError => RegressionMetrics.MeanAbsoluteError(predictions, targets),
        Metric.RootMeanSquaredError => RegressionMetrics.RootMeanSquaredError(predictions, targets),
        Metric.R2 => RegressionMetrics.R2(predictions, targets),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "The loss is no function of predictions and targets alone."),
    };

    /// <summary>Metrics by name on the same rows, in the order asked for; null where one is not defined.</summary>
    /// <param name="losses">Of each row.</param>
    public static Dictionary<string, double?> All(
        IReadOnlyList<Metric> metrics, ReadOnlySpan<float> predictions, int outputs, ReadOnlySpan<float> targets, ReadOnlySpan<double> losses)
    {
        Dictionary<string, double?> values = [];
        foreach (Metric metric in metrics)
        {
            values[NameOf(metric)] = metric == Metric.Loss ? MeanLoss(losses) : Of(metric, predictions, outputs, targets);
        }
        return values;
    }

    /// <summary>Added up in the rows' order, so that it is the same to the last bit wherever these rows are.</summary>
    public static double MeanLoss(ReadOnlySpan<double> losses)
    {
        double sum = 0;
        foreach (double loss in losses)
        {
            sum += loss;
        }
        return sum / losses.Length;
    }
}
