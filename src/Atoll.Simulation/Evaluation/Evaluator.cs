using Atoll.Experiments;
using Atoll.Experiments.Metrics;
using Atoll.Experiments.Results;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Training;
using Atoll.Simulation.Arms;

namespace Atoll.Simulation.Evaluation;

/// <summary>Holds an arm's model, or each site's own, against the sites' test rows.</summary>
internal sealed class Evaluator
{
    private const int Batch = 256;

    private readonly SitedDataset _data;
    private readonly IReadOnlyList<Metric> _metrics;
    private readonly Workspace[] _workspaces;
    private readonly int[] _rows, _firstOfSite;
    private readonly float[] _predictions, _targets;
    private readonly double[] _losses;
    private readonly int _outputs;

    public Evaluator(Network network, SitedDataset data, IReadOnlyList<Metric> metrics, int threads)
    {
        (_data, _metrics, _outputs) = (data, metrics, network.Loss.Outputs);
        _rows = [.. data.Sites.SelectMany(site => site.Test)];
        _firstOfSite = new int[data.Sites.Count + 1];
        for (int site = 0; site < data.Sites.Count; site++)
        {
            _firstOfSite[site + 1] = _firstOfSite[site] + data.Sites[site].Test.Length;
        }
        _predictions = new float[_rows.Length * _outputs];
        _targets = [.. _rows.Select(row => data.Data.Targets[row])];
        _losses = new double[_rows.Length];
        _workspaces = [.. Enumerable.Range(0, threads).Select(_ => new Workspace(network, Math.Min(Batch, Math.Max(1, _rows.Length))))];
    }

    /// <summary>Predicts every test row, each with the weights that its site would use.</summary>
    public void Predict(ArmRun arm, CancellationToken cancellation)
    {
        (int Start, int End, int Site)[] pieces = [.. arm.IsShared
            ? Pieces(0, _rows.Length, site: 0)
            : Enumerable.Range(0, _data.Sites.Count).SelectMany(site => Pieces(_firstOfSite[site], _firstOfSite[site + 1], site))];
        Workers.Run(pieces.Length, _workspaces.Length, (worker, piece) =>
        {
            (int start, int end, int site) = pieces[piece];
            _workspaces[worker].Predict(
                arm.WeightsOf(site), _data.Data, _rows.AsSpan(start, end - start), _predictions.AsSpan(start * _outputs, (end - start) * _outputs), _losses.AsSpan(start, end - start));
        }, cancellation);
    }

    /// <summary>Mean loss over all test rows.</summary>
    public double Loss() => MeanLoss(0, _rows.Length);

    /// <summary>The first site whose test rows' loss is not finite; null where all are.</summary>
    public string? FirstDiverged() => _data.Sites
        .Where((site, i) => site.Test.Length > 0 && !double.IsFinite(MeanLoss(_firstOfSite[i], _firstOfSite[i + 1])))
        .Select(site => site.Name).FirstOrDefault();

    /// <summary>The metrics on all test rows.</summary>
    public Dictionary<string, double?> Pooled() => Metrics(0, _rows.Length);

    /// <summary>All that a finished arm reports.</summary>
    public FinalResult Final()
    {
        SiteMetrics[] perSite = [.. _data.Sites.Select((site, i) => (site, i)).Where(s => s.site.Test.Length > 0)
            .Select(s => new SiteMetrics { Site = s.site.Name, Metrics = Metrics(_firstOfSite[s.i], _firstOfSite[s.i + 1]) })];
        return new FinalResult
        {
            PerSite = perSite,
            MeanOfSites = perSite[0].Metrics.Keys.ToDictionary(name => name, name => Mean(perSite.Select(site => site.Metrics[name]))),
            WorstSite = MetricValue.WorstOf(perSite, _metrics[0]),
            Pooled = Pooled(),
        };
    }

    private static IEnumerable<(int Start, int End, int Site)> Pieces(int start, int end, int site)
    {
        for (; start < end; start += Batch)
        {
            yield return (start, Math.Min(end, start + Batch), site);
        }
    }

    private Dictionary<string, double?> Metrics(int start, int end) => MetricValue.All(
        _metrics, _predictions.AsSpan(start * _outputs, (end - start) * _outputs), _outputs, _targets.AsSpan(start, end - start), _losses.AsSpan(start, end - start));

    private double MeanLoss(int start, int end) => MetricValue.MeanLoss(_losses.AsSpan(start, end - start));

    private static double? Mean(IEnumerable<double?> values)
    {
        double[] defined = [.. values.OfType<double>()];
        return defined.Length == 0 ? null : defined.Sum() / defined.Length;
    }
}
