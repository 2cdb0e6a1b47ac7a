using Atoll.Dashboard.Tests.Page;
using Atoll.Dashboard.Tests.Samples;
using static Microsoft.Playwright.Assertions;

namespace Atoll.Dashboard.Tests.Live;

/// <summary>What happens on the live page while a run goes on, ends, or is out of reach.</summary>
public sealed class LivePageUseTests(Browser browser) : IClassFixture<Browser>
{
    /// <summary>Busy machines take their time.</summary>
    private const float Patience = 30_000;

    [SkippableFact]
    public async Task Sites_change_their_state_and_arms_their_rounds_without_a_reload()
    {
        browser.NeedWithCharts();
        await using var server = await LiveServer.StartAsync(SampleStatus.Expected());
        await using var open = await OpenAsync(server);
        await HasTextAsync(open, "[data-site=Cleveland] .state", "expected");
        await HasTextAsync(open, "[data-live=sites-words]", "No site has enrolled yet: 4 sites are expected. Each joins with the line that was printed for it when the coordinator started.");
        await open.Page.EvaluateAsync("document.querySelector('[data-site=Cleveland]').isTheSame = true");

        server.Tell(SampleStatus.Training());

        await HasTextAsync(open, "[data-site=Hungary] .state", "training");
        await HasTextAsync(open, "[data-site='Long Beach'] .state", "lost");
        await HasTextAsync(open, "[data-site=Hungary] .bar-text", "64 %");
        await HasTextAsync(open, "[data-arm-row=fedprox] .bar-text", "7 of 15");
        await HasTextAsync(open, "[data-live=phases] [aria-current=step]", "training");
        await HasTextAsync(open, "[data-figure=energy] small", "1,840 J measured, 1.28 Wh modelled");
        (await open.Page.EvaluateAsync<bool>("document.querySelector('[data-site=Cleveland]').isTheSame === true")).ShouldBeTrue("rows keep their places");
        (await open.Page.Locator("[data-chart=convergence] svg path").CountAsync()).ShouldBeGreaterThan(1);
        open.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task What_sites_write_is_shown_letter_by_letter()
    {
        browser.NeedWithCharts();
        await using var server = await LiveServer.StartAsync(SampleStatus.Hostile());
        await using var open = await OpenAsync(server);

        await HasTextAsync(open, "[data-rejection] .why >> nth=0", $"The reason is {SampleStatus.Script} and {SampleStatus.Image}.");
        await HasTextAsync(open, "[data-site] >> nth=0 >> .label", SampleStatus.Script);
        foreach (var chart in await open.Page.Locator("[data-chart]").AllAsync())
        {
            await chart.HoverAsync();
        }

        (await open.Page.Locator("img").CountAsync()).ShouldBe(0);
        (await open.Page.EvaluateAsync<bool>("'harmed' in window")).ShouldBeFalse();
        open.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_lost_connection_is_said_with_the_age_of_the_figures_and_found_again()
    {
        browser.NeedWithCharts();
        await using var server = await LiveServer.StartAsync(SampleStatus.Training());
        await using var open = await OpenAsync(server);
        await HasTextAsync(open, "[data-live=link]", "Live");
        server.Enter(SampleStatus.Line(1481, "task-taken", """{"arm":"fedprox","round":8,"site":"Hungary"}"""), 1481);
        await HasTextAsync(open, "[data-entry='1481'] .why", "Hungary began fedprox round 8.");

        await server.KillAsync();

        await HasTextAsync(open, "[data-live=link]", "Connection lost");
        await Expect(open.Page.Locator("[data-live=lost]")).ToContainTextAsync("The figures are those of ", new() { Timeout = Patience });
        await Expect(open.Page.Locator("[data-live=lost-age]")).ToContainTextAsync("s old.", new() { Timeout = Patience });
        await open.KeepScreenAsync("live-lost");

        await server.StartAsync();
        server.Tell(SampleStatus.Training(8));

        await HasTextAsync(open, "[data-live=link]", "Live");
        await HasTextAsync(open, "[data-arm-row=fedprox] .bar-text", "8 of 15");
        (await open.Page.Locator("[data-live=lost]").IsVisibleAsync()).ShouldBeFalse();
        server.LastEventIds.ShouldContain("1481");
        open.Complaints.ShouldNotContain(complaint => complaint.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase));
    }

    [SkippableFact]
    public async Task Without_events_the_page_asks_for_the_status()
    {
        browser.NeedWithCharts();
        await using var server = await LiveServer.StartAsync(SampleStatus.Expected());
        server.RefusesEvents = true;
        await using var open = await OpenAsync(server);
        await HasTextAsync(open, "[data-live=link]", "Live, by asking");

        server.Tell(SampleStatus.Training());

        await HasTextAsync(open, "[data-site=Hungary] .state", "training");
    }

    [SkippableFact]
    public async Task A_coordinator_that_ends_after_its_run_is_no_alarm()
    {
        browser.NeedWithCharts();
        await using var server = await LiveServer.StartAsync(SampleStatus.Finished());
        await using var open = await OpenAsync(server);
        await HasTextAsync(open, "[data-live=link]", "Over");

        await server.KillAsync();

        await HasTextAsync(open, "[data-live=lost-words]", "The run is over and the coordinator no longer answers. These are its last figures.");
        await HasTextAsync(open, "[data-live=link]", "Over");
        await Expect(open.Page.Locator("[data-live=lost]")).Not.ToHaveClassAsync("lost is-bad");
    }

    [SkippableFact]
    public async Task The_metric_that_a_reader_chose_stays_when_rounds_come()
    {
        browser.NeedWithCharts();
        await using var server = await LiveServer.StartAsync(SampleStatus.Training(3));
        await using var open = await OpenAsync(server);
        await open.Page.Locator("[data-controls=convergence] .switch button", new() { HasText = "loss" }).ClickAsync();
        var before = await open.Page.Locator("[data-chart=convergence] svg").InnerHTMLAsync();

        server.Tell(SampleStatus.Training(9));

        await HasTextAsync(open, "[data-arm-row=fedprox] .bar-text", "9 of 15");
        (await open.Page.Locator("[data-chart=convergence] svg").InnerHTMLAsync()).ShouldNotBe(before);
        (await open.Page.Locator("[data-controls=convergence] .switch [aria-pressed=true]").AllTextContentsAsync()).ShouldBe(["loss"]);
    }

    [SkippableFact]
    public async Task The_key_is_shown_in_pieces_and_copied_in_one()
    {
        browser.NeedWithCharts();
        var status = SampleStatus.Training();
        await using var server = await LiveServer.StartAsync(status);
        await using var open = await OpenAsync(server);

        await HasTextAsync(open, "[data-live=ledger-key]", status.Ledger.Fingerprint);
        await HasTextAsync(open, "[data-live=ledger-root]", status.Ledger.Root.ToString()!);
        await HasTextAsync(open, "[data-live=ledger-size]", "1,482");
    }

    [SkippableFact]
    public async Task Without_script_a_sentence_says_where_the_state_is()
    {
        browser.Need();
        await using var server = await LiveServer.StartAsync(SampleStatus.Training());
        await using var open = await browser.OpenServedAsync(server.Address, Screen.Phone with { HasScript = false });

        await open.KeepAsync("live-no-script");
        (await open.Page.Locator("a[href='/v1/status']").First.IsVisibleAsync()).ShouldBeTrue();
        (await open.Page.Locator("main").IsVisibleAsync()).ShouldBeFalse();
        open.Complaints.ShouldBeEmpty();
    }

    private Task<OpenPage> OpenAsync(LiveServer server) => browser.OpenServedAsync(server.Address, Screen.Laptop);

    private static Task HasTextAsync(OpenPage open, string selector, string text) => Expect(open.Page.Locator(selector)).ToHaveTextAsync(text, new() { Timeout = Patience });
}
