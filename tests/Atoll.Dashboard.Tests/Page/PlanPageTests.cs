using Atoll.Dashboard.Plans;
using Atoll.Dashboard.Tests.Samples;
using Atoll.Planning.Results;

namespace Atoll.Dashboard.Tests.Page;

/// <summary>The written plan in a real browser. What it looked like is kept in <c>artifacts/screenshots</c>.</summary>
public sealed class PlanPageTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly Dictionary<string, Func<PlanResult>> Plans = new()
    {
        ["frontier"] = SamplePlan.Frontier,
        ["many"] = SamplePlan.Many,
        ["one-site"] = SamplePlan.Alone,
        ["hostile-plan"] = HostilePlan.Make,
    };

    private static readonly Dictionary<string, Screen> Screens = new[]
    {
        Screen.Laptop, Screen.Laptop with { IsDark = true }, Screen.Phone, Screen.Phone with { IsDark = true }, Screen.SmallPhone,
    }.ToDictionary(screen => screen.ToString());

    public static TheoryData<string, string> Views()
    {
        var views = new TheoryData<string, string>();
        foreach (var plan in Plans.Keys)
        {
            foreach (var screen in Screens.Keys)
            {
                views.Add(plan, screen);
            }
        }

        return views;
    }

    [SkippableTheory]
    [MemberData(nameof(Views))]
    public async Task Every_chart_draws_nothing_overflows_and_nothing_complains(string plan, string view)
    {
        browser.NeedWithCharts();
        var screen = Screens[view];
        await using var open = await browser.OpenAsync(Write(plan), screen);

        await open.KeepAsync($"plan-{plan}-{screen}");
        foreach (var chart in await open.Page.Locator("[data-chart]").AllAsync())
        {
            var name = await chart.GetAttributeAsync("data-chart");
            (await chart.Locator("svg path").CountAsync()).ShouldBeGreaterThan(1, $"chart {name} drew nothing");
            (await chart.GetAttributeAsync("aria-label")).ShouldNotBeNull().Length.ShouldBeGreaterThan(40);
            (await open.Page.Locator($"[data-table={name}] table").CountAsync()).ShouldBeGreaterThan(0, $"chart {name} has no table");
        }

        (await open.Page.Locator("[data-chart]").CountAsync()).ShouldBe(plan == "one-site" ? 1 : plan == "many" ? 7 : 6);
        (await open.Page.EvaluateAsync<string[]>(ChartProbe.Overlaps)).ShouldBeEmpty("texts in a chart lie on each other");
        (await open.Page.EvaluateAsync<string[]>(ChartProbe.Cut)).ShouldBeEmpty("texts in a chart leave it");
        if (plan == "frontier")
        {
            (await open.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('svg text')].map(text => text.textContent).filter(text => /^.{1,3}…$/.test(text))")).ShouldBeEmpty("a figure of four letters is cut to three");
        }

        (await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(screen.Width, "the page scrolls sideways");
        open.Complaints.ShouldBeEmpty();
        open.Requests.ShouldHaveSingleItem("the page asked for something beside itself");
    }

    private static string Write(string plan)
    {
        var path = Path.Combine(Artifacts.Screenshots, $"plan-{plan}.html");
        lock (Plans)
        {
            PlanReportWriter.Write(Plans[plan](), path);
        }

        return path;
    }
}
