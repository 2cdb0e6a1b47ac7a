using Atoll.Dashboard.Figures;
using Atoll.Experiments.Results;

namespace Atoll.Cli.Running;

/// <summary>Each arm beside the baseline. What a narrow terminal has no room for stands in the report.</summary>
internal static class ResultTable
{
    private const int LongestHead = 14;
    private const double JoulesPerKilowattHour = 3.6e6;

    public static FittedTable Of(RunResult run)
    {
        IReadOnlyList<ArmResult> arms = run.Arms;
        MetricFacts[] metrics = [.. arms.SelectMany(a => a.Final?.Pooled.Keys ?? []).Distinct().Select(MetricFacts.Of)];
        MetricFacts first = metrics.FirstOrDefault() ?? MetricFacts.Of("loss");
        string against = $"vs {run.Baseline}";
        FittedTable table = new FittedTable()
            .Add("arm", arms.Select(a => a.Name), isText: true)
            .Add(first.Label, arms.Select(a => a.Stopped is null ? Pooled(a, first) : "stopped"));
        if (arms.Any(a => a.Name == run.Baseline))
        {
            table.Add(against.Length <= LongestHead ? against : "vs baseline", arms.Select(a => a.Name == run.Baseline ? "" : Figure.Gap(first, a.GapToBaseline?.GetValueOrDefault(first.Name), a.GapToBaselineSd?.GetValueOrDefault(first.Name))), importance: 20);
        }
        table
            .Add("mean of sites", arms.Select(a => Figure.Metric(first, a.Final?.MeanOfSites.GetValueOrDefault(first.Name), a.Final?.MeanOfSitesSd?.GetValueOrDefault(first.Name))), importance: 18)
            .Add("worst site", arms.Select(a => Worst(a, first)), importance: 19);
        int importance = 10;
        foreach (MetricFacts metric in metrics.Skip(1))
        {
            table.Add(metric.Label, arms.Select(a => Pooled(a, metric)), importance--);
        }
        table.Add("sent", arms.Select(a => a.Kind == "federated" ? Figure.Bytes(a.BytesUp + a.BytesDown) : Figure.None), importance: 17);
        // Measured here and modelled for the declared sites are two accounts: each column says which.
        Cost("energy", "J", a => a.Measured?.EnergyKWh * JoulesPerKilowattHour, 15);
        Cost("carbon", "kg", a => a.Measured?.CarbonKg, 14);
        Cost("energy at sites", "J", a => a.Modelled?.EnergyKWh.Total * JoulesPerKilowattHour, 13);
        Cost("carbon at sites", "kg", a => a.Modelled?.CarbonKg.Total, 13);
        return table
            .Add("time", arms.Select(a => Figure.Duration(a.Seconds)), importance: 16)
            .Add("work", arms.Select(a => Figure.Flops(a.Flops)), importance: 12)
            .Add("samples/s", arms.Select(a => Figure.Rate(a.SamplesPerSecond)), importance: 11);

        void Cost(string head, string unit, Func<ArmFootprint, double?> figure, int columnImportance)
        {
            double?[] figures = [.. arms.Select(a => a.Footprint is { } footprint ? figure(footprint) : null)];
            if (figures.Any(f => f is not null))
            {
                table.Add(head, figures.Select(f => Figure.Amount(f, unit)), columnImportance);
            }
        }
    }

    private static string Pooled(ArmResult arm, MetricFacts metric) =>
        Figure.Metric(metric, arm.Final?.Pooled.GetValueOrDefault(metric.Name), arm.Final?.PooledSd?.GetValueOrDefault(metric.Name));

    private static string Worst(ArmResult arm, MetricFacts metric) => arm.Final is { PerSite.Count: > 1, WorstSite: var worst }
        ? $"{Figure.Metric(metric, worst.Metrics.GetValueOrDefault(metric.Name))} {worst.Site}"
        : Figure.None;
}
