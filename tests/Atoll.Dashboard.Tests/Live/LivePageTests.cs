using System.Text;
using System.Text.Json;
using Atoll.Dashboard.Live;
using Atoll.Dashboard.Tests.Page;
using Atoll.Dashboard.Tests.Samples;
using Atoll.Experiments.Protocol;

namespace Atoll.Dashboard.Tests.Live;

/// <summary>The live page in a real browser, served under its policy. What it looked like is kept in <c>artifacts/screenshots</c>.</summary>
public sealed class LivePageTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly Dictionary<string, Func<RunStatus>> Runs = new()
    {
        ["expected"] = SampleStatus.Expected,
        ["training"] = () => SampleStatus.Training(),
        ["finished"] = SampleStatus.Finished,
        ["perfect"] = SampleStatus.Perfect,
        ["crowd"] = SampleStatus.Crowd,
        ["hostile"] = SampleStatus.Hostile,
    };

    private static readonly Dictionary<string, Screen> Screens = new[]
    {
        Screen.Laptop, Screen.Laptop with { IsDark = true }, Screen.Phone, Screen.Phone with { IsDark = true }, Screen.SmallPhone,
    }.ToDictionary(screen => screen.ToString());

    public static TheoryData<string, string> Views()
    {
        TheoryData<string, string> views = [];
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
    public async Task Nothing_overflows_breaks_the_policy_or_is_too_faint_to_read(string run, string view)
    {
        browser.NeedWithCharts();
        var screen = Screens[view];
        await using var server = await LiveServer.StartAsync(Runs[run]());
        await using var open = await browser.OpenServedAsync(server.Address, screen);
        await open.Page.Locator("main:visible").WaitForAsync();
        await server.Watched.WaitAsync(TimeSpan.FromSeconds(60));
        for (var i = 0; i < 4; i++)
        {
            server.Enter(Entries(Runs[run]())[i], 1478 + i);
        }

        await open.Page.Locator("[data-entry='1481']").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });

        await open.KeepAsync($"live-{run}-{screen}");
        (await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(screen.Width, "the page scrolls sideways");
        (await open.Page.EvaluateAsync<string[]>(ChartProbe.Overlaps)).ShouldBeEmpty("texts in a chart lie on each other");
        var faint = await open.Page.EvaluateAsync<JsonElement>(ContrastProbe.Script);
        faint.GetProperty("faint").EnumerateArray().Select(text => text.GetString()).ShouldBeEmpty();
        open.Complaints.ShouldBeEmpty();
        (await open.Page.EvaluateAsync<bool>("'harmed' in window")).ShouldBeFalse();
    }

    [Fact]
    public void The_page_is_three_files_and_has_no_script_or_style_of_its_own()
    {
        LivePage.Assets.Select(asset => asset.ContentType).ShouldBe(LivePage.HasScript
            ? ["text/html; charset=utf-8", "text/css; charset=utf-8", "text/javascript; charset=utf-8"]
            : ["text/html; charset=utf-8", "text/css; charset=utf-8"]);
        var html = Encoding.UTF8.GetString(LivePage.Find("/")!.Bytes.Span);
        html.ShouldStartWith("<!doctype html>");
        html.ShouldNotContain("<style");
        html.ShouldNotContain(" style=");
        foreach (var asset in LivePage.Assets.Skip(1))
        {
            html.ShouldContain($"\"/{asset.Path}\"");
            LivePage.Find("/" + asset.Path).ShouldBe(asset);
        }

        LivePage.Find("viewer.js").ShouldBeNull();
    }

    [Fact]
    public void A_page_built_without_Node_says_where_the_state_is()
    {
        var page = LivePage.Make(script: null)[0];

        Encoding.UTF8.GetString(page.Bytes.Span).ShouldContain("""<a href="/v1/status">/v1/status</a>""");
        Encoding.UTF8.GetString(page.Bytes.Span).ShouldNotContain("<script");
    }

    private static string[] Entries(RunStatus run)
    {
        var site = JsonSerializer.Serialize(run.Sites[0].Name);
        var arm = JsonSerializer.Serialize(run.Arms[0].Name);
        return
        [
            SampleStatus.Line(1478, "round-opened", $$"""{"arm":{{arm}},"round":8,"sites":["a","b"]}"""),
            SampleStatus.Line(1479, "task-taken", $$"""{"arm":{{arm}},"round":8,"site":{{site}}}"""),
            SampleStatus.Line(1480, "update-received", $$"""{"arm":{{arm}},"round":8,"site":{{site}},"rows":172,"update":"{{SampleStatus.Hash("u")}}"}"""),
            SampleStatus.Line(1481, "update-rejected", $$"""{"reason":"{{JsonEncodedText.Encode(SampleStatus.Image)}}","site":{{site}}}"""),
        ];
    }
}
