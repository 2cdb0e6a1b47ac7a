using Atoll.Dashboard.Report;
using Atoll.Dashboard.Tests.Samples;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Tests.Page;

/// <summary>The written page in a real browser. What it looked like is kept in <c>artifacts/screenshots</c>.</summary>
public sealed class ReportPageTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly Dictionary<string, Func<RunResult>> Runs = new()
    {
        ["digits"] = SampleRun.Digits,
        ["hospitals"] = SampleRun.Hospitals,
        ["footprint"] = () => SampleRun.Hospitals().WithFootprint(),
        ["crowd"] = SampleRun.Crowd,
        ["alone"] = SampleRun.Alone,
        ["prices"] = SampleRun.Prices,
        ["across"] = LiveRun.Make,
        ["across-by-auc"] = LiveRun.RankedByAuc,
        ["hostile"] = HostileRun.Make,
    };

    private static readonly Dictionary<string, Screen> Screens = new[]
    {
        Screen.Laptop, Screen.Laptop with { IsDark = true }, Screen.Phone, Screen.Phone with { IsDark = true }, Screen.SmallPhone,
    }.ToDictionary(screen => screen.ToString());

    public static TheoryData<string, string> Views()
    {
        var views = new TheoryData<string, string>();
        foreach (var run in Runs.Keys)
        {
            foreach (var screen in Screens.Keys)
            {
                views.Add(run, screen);
            }
        }

        return views;
    }

    [SkippableTheory]
    [MemberData(nameof(Views))]
    public async Task Every_chart_draws_nothing_overflows_and_nothing_complains(string run, string view)
    {
        browser.NeedWithCharts();
        var screen = Screens[view];
        await using var open = await browser.OpenAsync(Write(run), screen);

        await open.KeepAsync($"{run}-{screen}");
        var charts = await open.Page.Locator("[data-chart]").AllAsync();
        charts.Count.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var chart in charts)
        {
            var name = await chart.GetAttributeAsync("data-chart");
            (await chart.Locator("svg path").CountAsync()).ShouldBeGreaterThan(1, $"chart {name} drew nothing");
            (await chart.GetAttributeAsync("role")).ShouldBe("img");
            (await chart.GetAttributeAsync("aria-label")).ShouldNotBeNull().Length.ShouldBeGreaterThan(40);
            (await open.Page.Locator($"[data-table={name}] table").CountAsync()).ShouldBeGreaterThan(0, $"chart {name} has no table");
        }

        (await open.Page.EvaluateAsync<string[]>(ChartProbe.Overlaps)).ShouldBeEmpty("texts in a chart lie on each other");
        (await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(screen.Width, "the page scrolls sideways");
        open.Complaints.ShouldBeEmpty();
        open.Requests.ShouldHaveSingleItem("the page asked for something beside itself");
    }

    private static string Write(string run)
    {
        var path = Path.Combine(Artifacts.Screenshots, $"{run}.html");
        lock (Runs)
        {
            ReportWriter.Write(Runs[run](), path);
        }

        return path;
    }
}
