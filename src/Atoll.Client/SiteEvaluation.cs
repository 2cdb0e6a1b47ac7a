using Atoll.Experiments;
using Atoll.Experiments.Metrics;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Training;

namespace Atoll.Client;

/// <summary>Holds models against a site's test rows.</summary>
/// <remarks>For one thread at a time. Each row is judged by itself, so the figures are those of a simulation, to the last bit.</remarks>
public sealed class SiteEvaluation
{
    private const int Batch = 256;

    private readonly Dataset _data;
    private readonly int[] _rows;
    private readonly IReadOnlyList<Metric> _metrics;
    private readonly Workspace _workspace;
    private readonly float[] _predictions, _targets;
    private readonly double[] _losses;
    private readonly int _outputs;

    /// <param name="metrics">Empty: the usual ones of the task.</param>
    public SiteEvaluation(Network network, Dataset data, int[] rows, IReadOnlyList<Metric> metrics)
    {
        (_data, _rows, _outputs) = (data, rows, network.Loss.Outputs);
        _metrics = metrics.Count > 0 ? metrics : MetricValue.Usual(data.IsClassification);
        _workspace = new Workspace(network, Math.Clamp(rows.Length, 1, Batch));
        _predictions = new float[rows.Length * _outputs];
        _targets = [.. rows.Select(row => data.Targets[row])];
        _losses = new double[rows.Length];
    }

    /// <returns>Mean loss over the rows, and metrics by name; null where one is not defined or not finite, as everything is without rows.</returns>
    public (double? Loss, IReadOnlyDictionary<string, double?> Metrics) Of(ReadOnlySpan<float> weights)
    {
        if (_rows.Length == 0)
        {
            return (null, _metrics.ToDictionary(MetricValue.NameOf, _ => (double?)null));
        }
        _workspace.Predict(weights, _data, _rows, _predictions, _losses);
        Dictionary<string, double?> metrics = MetricValue.All(_metrics, _predictions, _outputs, _targets, _losses);
        return (Finite(MetricValue.MeanLoss(_losses)), metrics.ToDictionary(metric => metric.Key, metric => Finite(metric.Value)));
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
