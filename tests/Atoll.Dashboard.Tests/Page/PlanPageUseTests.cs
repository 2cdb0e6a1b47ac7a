using System.Text.Json;
using Atoll.Dashboard.Plans;
using Atoll.Dashboard.Tests.Samples;
using Atoll.Planning.Results;
using Microsoft.Playwright;

namespace Atoll.Dashboard.Tests.Page;

/// <summary>What a reader does with a plan's page: asks where a figure comes from, switches, filters, prints, reads without script.</summary>
public sealed class PlanPageUseTests(Browser browser) : IClassFixture<Browser>
{
    /// <summary>Without script too, because the browser opens popovers itself.</summary>
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_click_on_a_figure_shows_its_formula_and_every_input_with_its_source(bool hasScript)
    {
        browser.Need();
        var plan = SamplePlan.Frontier();
        await using var open = await browser.OpenAsync(Write(plan), Screen.Laptop with { HasScript = hasScript });

        await open.Page.Locator(".comparison tbody tr", new() { HasText = "two-regions-synchronous" }).Locator("[popovertarget$=carbon-kg-location-based]").ClickAsync();

        var card = open.Page.Locator(".card:visible");
        await open.KeepScreenAsync($"plan-card-{(hasScript ? "script" : "plain")}");
        (await card.CountAsync()).ShouldBe(1);
        var text = await card.InnerTextAsync();
        foreach (var said in new[] { "two-regions-synchronous", "(computing + overhead) × grid intensity", "GHG Protocol, Scope 2 Guidance, 2015", "sites.frankfurt.grid.intensity", "342 g/kWh", "276–482", "modelled", "Ember, Yearly Electricity Data, 2024", "life cycle, annual mean" })
        {
            text.Replace('\u00A0', ' ').ShouldContain(said);
        }

        (await card.Locator("a[href='https://ember-energy.org/data/yearly-electricity-data/']").CountAsync()).ShouldBe(1);
        await open.Page.Keyboard.PressAsync("Escape");
        (await open.Page.Locator(".card:visible").CountAsync()).ShouldBe(0);
        open.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Every_figure_on_the_page_opens_a_card_that_is_there()
    {
        await using var open = await OpenAsync(SamplePlan.Frontier(), Screen.Laptop);

        var lost = await open.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.figure')].map(f => f.getAttribute('popovertarget')).filter(id => !document.getElementById(id)?.matches('[popover]'))");
        var bare = await open.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.comparison td.number, .strip dd')].filter(cell => !cell.querySelector('.figure')).map(cell => cell.textContent)");

        (await open.Page.Locator(".figure").CountAsync()).ShouldBeGreaterThan(5 * 20);
        lost.ShouldBeEmpty();
        bare.ShouldBeEmpty("figures that nothing can be asked of");
    }

    [SkippableFact]
    public async Task The_keyboard_opens_a_card_follows_its_input_and_leaves_the_card()
    {
        await using var open = await OpenAsync(SamplePlan.Frontier(), Screen.Laptop);

        await open.Page.Locator(".strip .figure").Nth(1).FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");
        var link = open.Page.Locator(".card:visible .inputs dt a").First;
        var target = await link.GetAttributeAsync("href");
        await link.FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(open.Page.Locator(".card:visible")).ToHaveCountAsync(0);
        (await open.Page.Locator($"{target}:target").CountAsync()).ShouldBe(1);
    }

    [SkippableFact]
    public async Task The_switch_shows_energy_carbon_and_money_in_turn()
    {
        await using var open = await OpenAsync(SamplePlan.Frontier(), Screen.Laptop);
        HashSet<string> drawn = [await Svg(open, "stacks")];

        foreach (var (view, said) in new[] { ("energy", "1,611 MWh"), ("carbon", "349 t"), ("money", "$8.23 M") })
        {
            await open.Page.Locator("[data-controls=stacks] .switch button", new() { HasText = view }).ClickAsync();
            drawn.Add(await Svg(open, "stacks")).ShouldBeTrue();
            (await open.Page.Locator("[data-chart=stacks] svg text").AllTextContentsAsync()).ShouldContain(said);
            await open.KeepPartAsync("[data-chart=stacks]", $"plan-stacks-{view}");
        }

        open.Complaints.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("pareto", 1)]
    [InlineData("pareto", 2)]
    [InlineData("tornado", 1)]
    [InlineData("tornado", 4)]
    public async Task Every_view_of_a_chart_draws_and_no_text_lies_on_another(string chart, int view)
    {
        await using var open = await OpenAsync(SamplePlan.Frontier(), Screen.Phone);
        var before = await Svg(open, chart);

        await open.Page.Locator($"[data-controls={chart}] .switch button").Nth(view).ClickAsync();

        (await Svg(open, chart)).ShouldNotBe(before);
        (await open.Page.EvaluateAsync<string[]>(ChartProbe.Overlaps)).ShouldBeEmpty();
        (await open.Page.EvaluateAsync<string[]>(ChartProbe.Cut)).ShouldBeEmpty();
        await open.KeepPartAsync($"[data-chart={chart}]", $"plan-{chart}-{view}-phone");
    }

    [SkippableFact]
    public async Task Twelve_arms_are_chosen_from_a_list()
    {
        await using var open = await OpenAsync(SamplePlan.Many(), Screen.Phone);
        var before = await Svg(open, "tornado");

        await open.Page.Locator("[data-controls=tornado] select").SelectOptionAsync(SamplePlan.Many().Arms[3].Name);

        (await Svg(open, "tornado")).ShouldNotBe(before);
    }

    [SkippableTheory]
    [InlineData("sweep-0", "frankfurt")]
    [InlineData("sweep-1", "eight-regions")]
    [InlineData("pareto", "Carbon")]
    [InlineData("timeline-4", "lulea")]
    [InlineData("stacks", "computing")]
    public async Task The_tooltip_names_what_lies_under_the_pointer(string chart, string said)
    {
        await using var open = await OpenAsync(SamplePlan.Frontier(), Screen.Laptop);
        var box = open.Page.Locator($"[data-chart={chart}]");
        await box.ScrollIntoViewIfNeededAsync();
        if (chart == "pareto")
        {
            await box.Locator("svg path[transform][stroke='#c26e12']").First.HoverAsync(new() { Force = true });
        }
        else
        {
            await box.HoverAsync();
        }

        (await open.Page.Locator(".chart-tooltip:visible").First.InnerTextAsync()).ShouldContain(said);
        open.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task The_filter_leaves_the_inputs_that_have_every_word()
    {
        await using var open = await OpenAsync(SamplePlan.Frontier(), Screen.Laptop);

        await open.Page.Locator("#input-filter").FillAsync("lulea modelled");

        (await open.Page.Locator("[data-filtered] tbody tr:visible th").AllInnerTextsAsync()).ShouldBe(["sites.lulea.grid.intensity", "sites.lulea.pue", "links.frankfurt-lulea.latency", "links.frankfurt-lulea.fibre"]);
        (await open.Page.Locator("[data-filter-count]").InnerTextAsync()).ShouldBe("4 of 16");
    }

    [SkippableFact]
    public async Task Without_script_all_tables_are_open_and_no_empty_chart_or_dead_field_is_shown()
    {
        browser.Need();
        await using var open = await browser.OpenAsync(Write(SamplePlan.Frontier()), Screen.Phone with { HasScript = false });

        await open.KeepAsync("plan-without-script");
        (await open.Page.Locator("[data-chart]:visible, input:visible").CountAsync()).ShouldBe(0);
        (await open.Page.Locator("table:visible").CountAsync()).ShouldBeGreaterThanOrEqualTo(4 + 2 + 1 + 5 + 1 + 4);
        (await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(Screen.Phone.Width);
        open.Complaints.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_prints_in_light_colours_within_the_paper(bool isDark)
    {
        await using var open = await OpenAsync(SamplePlan.Frontier(), Screen.Laptop with { IsDark = isDark });

        await open.Page.PdfAsync(new() { Format = "A4", PrintBackground = true, Path = Path.Combine(Artifacts.Screenshots, "plan.pdf") });
        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await open.Page.SetViewportSizeAsync(690, 1000);
        await open.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await open.KeepAsync($"plan-print-from-{(isDark ? "dark" : "light")}");

        (await open.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBe("rgb(255, 255, 255)");
        (await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(690, "a table is wider than the paper");
        (await open.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('table')].filter(t => t.getClientRects().length && t.getBoundingClientRect().right > 690).map(t => t.textContent.slice(0, 60))")).ShouldBeEmpty();
        (await open.Page.EvaluateAsync<string[]>(ChartProbe.Cut)).ShouldBeEmpty();
        open.Complaints.ShouldBeEmpty();
    }

    /// <summary>WCAG 2.2, 1.4.3: 4.5 to 1 for text of this size, on the nearest opaque background; an open card too.</summary>
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_text_can_be_read_on_its_background(bool isDark)
    {
        await using var open = await OpenAsync(SamplePlan.Frontier(), Screen.Laptop with { IsDark = isDark });
        await open.Page.Locator(".strip .figure").First.ClickAsync();

        var faint = await open.Page.EvaluateAsync<JsonElement>(ContrastProbe.Script);

        faint.GetProperty("seen").GetInt32().ShouldBeGreaterThan(300);
        faint.GetProperty("faint").EnumerateArray().Select(text => text.GetString()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_hostile_plan_is_shown_as_it_is_and_runs_nothing()
    {
        await using var open = await OpenAsync(HostilePlan.Make(), Screen.Laptop);

        foreach (var chart in await open.Page.Locator("[data-chart]").AllAsync())
        {
            await chart.HoverAsync();
        }

        await open.Page.Locator(".comparison .figure").First.ClickAsync();
        (await open.Page.EvaluateAsync<bool>("'harmed' in window")).ShouldBeFalse();
        (await open.Page.Locator("img, a[href^=javascript]").CountAsync()).ShouldBe(0);
        (await open.Page.Locator("script").CountAsync()).ShouldBe(2);
        (await open.Page.Locator("h1").TextContentAsync()).ShouldBe("plan" + HostileRun.Script + HostileRun.Image);
        open.Complaints.ShouldBeEmpty();
    }

    private static async Task<string> Svg(OpenPage open, string chart) => await open.Page.Locator($"[data-chart={chart}] svg").InnerHTMLAsync();

    private async Task<OpenPage> OpenAsync(PlanResult plan, Screen screen)
    {
        browser.NeedWithCharts();
        return await browser.OpenAsync(Write(plan), screen);
    }

    private static string Write(PlanResult plan)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("atoll-plan-").FullName, "plan.html");
        PlanReportWriter.Write(plan, path);
        return path;
    }
}
