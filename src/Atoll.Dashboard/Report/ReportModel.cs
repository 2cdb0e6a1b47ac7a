using System.Text.Json;
using Atoll.Dashboard.Figures;
using Atoll.Dashboard.Pages;
using Atoll.Dashboard.Verdicts;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Report;

/// <summary>A run as the page's sections see it.</summary>
/// <remarks>Public only because the Razor compiler makes every component public; its members are not.</remarks>
public sealed class ReportModel : PageModel
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);

    internal ReportModel(RunResult run, string? script)
        : base(script)
    {
        Run = run;
        Reading = new Reading(run);
        Verdict = Verdict.Of(run);
        var next = 0;
        foreach (var arm in run.Arms)
        {
            _slots[arm.Name] = arm.Name == run.Baseline ? 0 : arm.Name == Reading.Local?.Name ? 1 : 2 + (next++ % Colours);
        }
    }

    internal RunResult Run { get; }

    internal Reading Reading { get; }

    internal Verdict Verdict { get; }

    internal MetricFacts First => Reading.First;

    /// <summary>0 is the baseline, 1 the sites alone.</summary>
    internal override int Slot(string arm) => _slots.GetValueOrDefault(arm, 2);

    internal override string DataName => "run-data";

    internal override string DataJson() => JsonSerializer.Serialize(
        new PageData
        {
            Run = Thinned.Of(Run, First),
            SiteCount = Run.Data.Sites.Count,
            Metrics = Reading.Metrics,
            Slots = [.. Run.Arms.Select(arm => Slot(arm.Name))],
            Costs = CostData.Of(Run),
        },
        PageDataJson.Default.PageData);
}
