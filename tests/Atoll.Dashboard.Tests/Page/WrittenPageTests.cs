using System.Text.Json;
using System.Text.RegularExpressions;
using Atoll.Dashboard.Report;
using Atoll.Dashboard.Tests.Samples;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Tests.Page;

/// <summary>The page as text, without a browser.</summary>
public sealed partial class WrittenPageTests
{
    [Fact]
    public void The_page_without_script_says_all_there_is()
    {
        var run = SampleRun.Hospitals();

        var page = System.Net.WebUtility.HtmlDecode(ReportWriter.Render(run, script: null));

        foreach (var said in run.Arms.Select(arm => arm.Name).Concat(run.Data.Sites.Select(site => site.Name)).Concat(run.Data.Classes)
            .Concat(run.Arms.Select(arm => arm.ModelSha256).OfType<string>()).Concat(run.Arms.SelectMany(arm => arm.Settings.Values))
            .Concat([run.Machine.Processor, run.Machine.OperatingSystem, run.Machine.Runtime, run.Machine.Vectors, "atoll run experiment.yaml --seed 7 --repeat 5", "round 7 at Long Beach"]))
        {
            page.ShouldContain(said);
        }

        page.ShouldNotContain("<script");
        Regex.Count(page, "<table").ShouldBeGreaterThanOrEqualTo(7);
    }

    [Fact]
    public void A_page_without_charts_speaks_of_none()
    {
        foreach (var run in new[] { SampleRun.Hospitals(), SampleRun.Crowd() })
        {
            var tables = ReportWriter.Render(run, script: null);

            foreach (var said in new[] { "same as a table", "outside the chart", "level lines", "the colour", "left end" })
            {
                tables.ShouldNotContain(said);
            }

            ReportWriter.Render(run, "0").ShouldContain("same as a table");
        }
    }

    /// <summary>Curves and level lines are the first seed's alone.</summary>
    [Fact]
    public void Both_charts_of_rounds_say_that_they_show_the_first_seed() =>
        Regex.Count(System.Net.WebUtility.HtmlDecode(ReportWriter.Render(SampleRun.Hospitals(), "0")), "The first seed’s run").ShouldBe(2);

    [Fact]
    public void No_name_can_become_markup()
    {
        var page = ReportWriter.Render(HostileRun.Make(), "0");

        Regex.Count(page, "<script", RegexOptions.IgnoreCase).ShouldBe(2, "the run's data and the charts' script");
        page.ShouldNotContain("<img");
        page.ShouldNotContain(HostileRun.EndsScript);
        Regex.Count(page, "<!--").ShouldBe(0);
    }

    [Fact]
    public void The_policy_allows_this_script_and_style_by_hash_and_nothing_inline()
    {
        var page = System.Net.WebUtility.HtmlDecode(ReportWriter.Render(SampleRun.Alone(), "alert(1)"));

        var policy = Policy().Match(page).Groups[1].Value;
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        policy.ShouldContain("script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='");
        policy.ShouldStartWith("default-src 'none'; style-src 'sha256-");
        policy.ShouldNotContain("unsafe");
    }

    [Fact]
    public void A_crowd_is_thinned_to_real_sites_the_worst_and_the_best_among_them()
    {
        var run = SampleRun.Crowd();

        var thinned = Thinned.Of(run, MetricFacts());

        var all = run.Arms[2].Final!.PerSite;
        var kept = thinned.Arms[2].Final!.PerSite;
        kept.Count.ShouldBe(Thinned.MostRankedSites);
        kept.Select(site => site.Site).ShouldBeUnique();
        kept[0].Metrics["accuracy"].ShouldBe(all.Min(site => site.Metrics["accuracy"]));
        kept[^1].Metrics["accuracy"].ShouldBe(all.Max(site => site.Metrics["accuracy"]));
        thinned.Data.Sites.Count.ShouldBe(Thinned.MostLabelSites);
        thinned.Arms[2].Rounds.Count.ShouldBe(Thinned.MostRounds);
        thinned.Arms[2].Rounds[^1].Round.ShouldBe(1000);
    }

    [Fact]
    public void A_figure_that_is_not_finite_does_not_stop_the_page()
    {
        var run = SampleRun.Alone();
        var arm = run.Arms[0];
        var round = arm.Rounds[0] with { Loss = double.NaN, Metrics = new Dictionary<string, double?> { ["root-mean-squared-error"] = double.PositiveInfinity } };

        var page = ReportWriter.Render(run with { Arms = [arm with { Rounds = [round], SamplesPerSecond = double.NaN }] }, "0");

        JsonDocument.Parse(Data().Match(page).Groups[1].Value).RootElement.GetProperty("run").GetProperty("arms").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public void A_page_that_cannot_be_written_leaves_the_one_before()
    {
        var folder = Directory.CreateTempSubdirectory("atoll-report-").FullName;
        var path = Path.Combine(folder, "report.html");
        ReportWriter.Write(SampleRun.Alone(), path);
        var before = File.ReadAllText(path);
        Directory.CreateDirectory(path + ".part");

        Should.Throw<UnauthorizedAccessException>(() => ReportWriter.Write(SampleRun.Prices(), path));

        File.ReadAllText(path).ShouldBe(before);
    }

    [Fact]
    public void The_same_run_gives_the_same_page() => ReportWriter.Render(SampleRun.Digits()).ShouldBe(ReportWriter.Render(SampleRun.Digits()));

    /// <summary>The sample runs are what <c>result.json</c> can hold.</summary>
    [Fact]
    public void A_run_read_back_from_its_json_gives_the_same_page()
    {
        var run = SampleRun.Hospitals();

        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(run, RunResultJson.Default.RunResult), RunResultJson.Default.RunResult);

        ReportWriter.Render(read!).ShouldBe(ReportWriter.Render(run));
    }

    private static Atoll.Dashboard.Figures.MetricFacts MetricFacts() => Atoll.Dashboard.Figures.MetricFacts.Of("accuracy");

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex Policy();

    [GeneratedRegex("id=\"run-data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();
}
