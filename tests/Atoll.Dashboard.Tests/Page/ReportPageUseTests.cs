using System.Text.Json;
using Atoll.Dashboard.Report;
using Atoll.Dashboard.Tests.Samples;
using Atoll.Experiments.Results;
using Microsoft.Playwright;

namespace Atoll.Dashboard.Tests.Page;

/// <summary>What a reader does with the page: switch, hide, print, read without script, read with poor sight, distrust it.</summary>
public sealed class ReportPageUseTests(Browser browser) : IClassFixture<Browser>
{
    [SkippableFact]
    public async Task The_keyboard_switches_the_metric_of_a_chart()
    {
        await using var open = await OpenAsync(SampleRun.Digits(), Screen.Laptop);
        var before = await Svg(open, "convergence");

        await open.Page.Locator("[data-controls=convergence] .switch button", new() { HasText = "loss" }).FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");

        (await Svg(open, "convergence")).ShouldNotBe(before);
        (await open.Page.Locator("[data-controls=convergence] .switch [aria-pressed=true]").AllTextContentsAsync()).ShouldBe(["loss"]);
    }

    [SkippableFact]
    public async Task Hiding_an_arm_hides_it_in_every_chart_and_the_last_one_stays()
    {
        await using var open = await OpenAsync(SampleRun.Digits(), Screen.Laptop);
        var before = await Svg(open, "sites");

        await open.Page.Locator("[data-controls=convergence] [data-arm=fedavg]").ClickAsync();

        (await Svg(open, "sites")).ShouldNotBe(before);
        (await open.Page.Locator("[data-controls=traffic] [data-arm=fedavg]").GetAttributeAsync("aria-pressed")).ShouldBe("false");
        foreach (var arm in new[] { "centralized", "local", "fedprox", "fedadam" })
        {
            await open.Page.Locator($"[data-controls=convergence] [data-arm={arm}]").ClickAsync();
        }

        (await open.Page.Locator("[data-controls=convergence] [data-arm][aria-pressed=true]").CountAsync()).ShouldBe(1);
        open.Complaints.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_bars_can_show_each_site_s_distance_from_the_baseline(bool isPhone)
    {
        await using var open = await OpenAsync(SampleRun.Hospitals(), isPhone ? Screen.Phone : Screen.Laptop);

        await open.Page.Locator("[data-controls=sites] .switch button").Nth(1).ClickAsync();

        await open.KeepScreenAsync(isPhone ? "hospitals-distance-phone" : "hospitals-distance");
        var texts = await open.Page.Locator("[data-chart=sites] svg text").AllTextContentsAsync();
        texts.ShouldContain(text => text.StartsWith('−'), "local is behind at every hospital");
        open.Complaints.ShouldBeEmpty();
    }

    /// <summary>Final figures are means over the seeds, and curves the first seed's: only these may be drawn beside each other.</summary>
    [SkippableFact]
    public async Task Level_lines_stand_where_the_same_seed_s_last_round_does()
    {
        var run = SampleRun.Hospitals();
        await using var open = await OpenAsync(run, Screen.Laptop);
        await using var otherMeans = await OpenAsync(WithCentralized(run, arm => arm with { Final = arm.Final! with { Pooled = Lowered(arm.Final.Pooled) } }), Screen.Laptop);
        await using var otherRound = await OpenAsync(WithCentralized(run, arm => arm with { Rounds = [.. arm.Rounds.SkipLast(1), arm.Rounds[^1] with { Metrics = Lowered(arm.Rounds[^1].Metrics) }] }), Screen.Laptop);

        (await Svg(otherMeans, "traffic")).ShouldBe(await Svg(open, "traffic"));
        (await Svg(otherRound, "traffic")).ShouldNotBe(await Svg(open, "traffic"));
    }

    /// <summary>An arm that does what another does, to the digit, would else lie under it unseen.</summary>
    [SkippableTheory]
    [InlineData("convergence")]
    [InlineData("traffic")]
    public async Task Arms_with_the_same_curve_show_in_turn(string chart)
    {
        var run = SampleRun.Digits();
        var fedavg = run.Arms.Single(arm => arm.Name == "fedavg");
        await using var apart = await OpenAsync(run, Screen.Laptop);
        await using var alike = await OpenAsync(run with { Arms = [.. run.Arms.Select(arm => arm.Name == "fedprox" ? arm with { Rounds = fedavg.Rounds } : arm)] }, Screen.Laptop);

        (await Turns(apart)).ShouldBeEmpty();
        var turns = await Turns(alike);

        await alike.KeepPartAsync($"[data-chart={chart}]", $"digits-alike-{chart}");
        turns.Length.ShouldBe(2);
        turns.Select(turn => turn.Split(' ')[0]).Distinct().Count().ShouldBe(2, "each in its arm's colour");
        turns.Select(turn => turn.Split(' ')[1]).ShouldBe(["0", "-8"], ignoreOrder: true);

        async Task<string[]> Turns(OpenPage open) => await open.Page.EvaluateAsync<string[]>(
            "chart => [...document.querySelectorAll(`[data-chart=${chart}] svg path`)].filter(p => p.getAttribute('stroke-dasharray') === '8,8')"
            + ".map(p => `${p.getAttribute('stroke').replaceAll(' ', '')} ${p.getAttribute('stroke-dashoffset') ?? 0}`)", chart);
    }

    [SkippableFact]
    public async Task The_tooltip_names_the_arms_and_breaks_no_policy()
    {
        await using var open = await OpenAsync(SampleRun.Digits(), Screen.Laptop);

        await open.Page.Locator("[data-chart=convergence]").HoverAsync();

        await open.KeepScreenAsync("digits-tooltip");
        (await open.Page.Locator(".chart-tooltip").First.TextContentAsync()).ShouldNotBeNull().ShouldContain("fedadam");
        open.Complaints.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_prints_in_light_colours_within_the_paper(bool isDark)
    {
        await using var open = await OpenAsync(SampleRun.Hospitals(), Screen.Laptop with { IsDark = isDark });

        await open.Page.EvaluateAsync("addEventListener('beforeprint', () => document.title = `printed ${document.querySelector('[data-chart] svg').getAttribute('width')}`)");
        var pdf = await open.Page.PdfAsync(new() { Format = "A4", PrintBackground = true, Path = Path.Combine(Artifacts.Screenshots, "hospitals.pdf") });

        pdf.Length.ShouldBeGreaterThan(20_000);
        (await open.Page.TitleAsync()).ShouldBe("printed 660", "the charts were not redrawn for paper");
        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await open.Page.SetViewportSizeAsync(690, 1000);
        await open.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await open.KeepAsync($"hospitals-print-from-{(isDark ? "dark" : "light")}");
        (await open.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBe("rgb(255, 255, 255)");
        (await open.Page.Locator("[data-chart=convergence] svg text").First.GetAttributeAsync("fill")).ShouldBe("#14212b", "the ink of light paper");
        (await open.Page.EvaluateAsync<double>("Math.max(...[...document.querySelectorAll('[data-chart] svg')].map(svg => svg.getBoundingClientRect().right))")).ShouldBeLessThanOrEqualTo(690);
        (await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(690, "a table is wider than the paper");
        open.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Without_script_the_tables_are_open_and_no_empty_chart_is_shown()
    {
        browser.Need();
        await using var open = await browser.OpenAsync(Write(SampleRun.Digits(), "digits-without-script"), Screen.Laptop with { HasScript = false });

        (await open.Page.Locator("[data-table=convergence] table").First.IsVisibleAsync()).ShouldBeTrue();
        (await open.Page.Locator("[data-chart]:visible").CountAsync()).ShouldBe(0);
    }

    [SkippableFact]
    public async Task A_page_built_without_Node_has_its_tables_and_complains_of_nothing()
    {
        browser.Need();
        var path = Path.Combine(Artifacts.Screenshots, "digits-tables.html");
        await File.WriteAllTextAsync(path, ReportWriter.Render(SampleRun.Digits(), script: null));

        await using var open = await browser.OpenAsync(path, Screen.Phone);

        await open.KeepAsync("digits-tables");
        (await open.Page.Locator("table:visible").CountAsync()).ShouldBeGreaterThan(5);
        (await open.Page.Locator("[data-chart], script").CountAsync()).ShouldBe(0);
        (await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(Screen.Phone.Width);
        open.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_hostile_name_is_shown_as_it_is_and_runs_nothing()
    {
        await using var open = await OpenAsync(HostileRun.Make(), Screen.Laptop);

        foreach (var chart in await open.Page.Locator("[data-chart]").AllAsync())
        {
            await chart.HoverAsync();
        }

        (await open.Page.EvaluateAsync<bool>("'harmed' in window")).ShouldBeFalse();
        (await open.Page.Locator("img").CountAsync()).ShouldBe(0);
        (await open.Page.Locator("script").CountAsync()).ShouldBe(2);
        (await open.Page.Locator("h1").TextContentAsync()).ShouldBe("run" + HostileRun.Script + HostileRun.Image);
        open.Complaints.ShouldBeEmpty();
    }

    /// <summary>WCAG 2.2, 1.4.3: 4.5 to 1 for text of this size, on the nearest opaque background.</summary>
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_text_can_be_read_on_its_background(bool isDark)
    {
        await using var open = await OpenAsync(SampleRun.Hospitals(), Screen.Laptop with { IsDark = isDark });

        var faint = await open.Page.EvaluateAsync<JsonElement>(ContrastProbe.Script);

        faint.GetProperty("seen").GetInt32().ShouldBeGreaterThan(200);
        faint.GetProperty("faint").EnumerateArray().Select(text => text.GetString()).ShouldBeEmpty();
    }

    private static RunResult WithCentralized(RunResult run, Func<ArmResult, ArmResult> change) => run with { Arms = [change(run.Arms[0]), .. run.Arms.Skip(1)] };

    private static Dictionary<string, double?> Lowered(IReadOnlyDictionary<string, double?> metrics) => metrics.ToDictionary(m => m.Key, m => m.Value - 0.1);

    private static async Task<string> Svg(OpenPage open, string chart) => await open.Page.Locator($"[data-chart={chart}] svg").InnerHTMLAsync();

    private async Task<OpenPage> OpenAsync(RunResult run, Screen screen)
    {
        browser.NeedWithCharts();
        return await browser.OpenAsync(Write(run, $"use-{Guid.NewGuid():N}"), screen);
    }

    private static string Write(RunResult run, string name)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("atoll-report-").FullName, name + ".html");
        ReportWriter.Write(run, path);
        return path;
    }
}
