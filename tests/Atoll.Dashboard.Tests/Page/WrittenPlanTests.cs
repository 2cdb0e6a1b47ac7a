using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Atoll.Dashboard.Plans;
using Atoll.Dashboard.Tests.Samples;
using Atoll.Planning.Models;
using Atoll.Planning.Results;

namespace Atoll.Dashboard.Tests.Page;

/// <summary>A plan's page as text, without a browser.</summary>
public sealed partial class WrittenPlanTests
{
    [Fact]
    public void The_page_without_script_says_all_there_is()
    {
        var plan = SamplePlan.Frontier();

        var page = Plain(PlanReportWriter.Render(plan, script: null));

        foreach (var said in plan.Arms.SelectMany(arm => new[] { arm.Name, arm.Kind, arm.Privacy.RawData, arm.Privacy.CoordinatorSees }.Concat(arm.Privacy.Facts))
            .Concat(plan.Arms.SelectMany(arm => arm.Formulas).SelectMany(formula => new[] { formula.Text, formula.Source }))
            .Concat(plan.Provenance.SelectMany(input => new[] { input.Path, input.Basis is "measured" && input.Source.StartsWith("the plan file", StringComparison.Ordinal) ? "given" : input.Basis, input.Source, input.Url ?? "", input.Note ?? "" }))
            .Concat(plan.BreakEvens.Select(even => even.Text)).Concat(plan.Recommendation.Reasons).Concat(plan.Notes)
            .Concat([plan.Workload, "96 PB", "$2.84 M", "327 t", "saves 4.31 t of CO₂e", "The utilization of islands reaches 95.0 % where the bandwidth of link frankfurt-lulea is 4.31 Gbit/s."]))
        {
            page.ShouldContain(said);
        }

        page.ShouldNotContain("<script");
        foreach (var said in new[] { "same as a table", "Thick where", "has the colour", "Lower left", "thin line" })
        {
            page.ShouldNotContain(said);
        }
    }

    /// <summary>The page knows every output of the planner, by the name of the JSON too.</summary>
    [Fact]
    public void Every_output_of_a_plan_has_a_figure_and_its_range_the_name_that_the_json_has()
    {
        PlanFigure.All.Select(figure => figure.Name).ShouldBe(Output.All.Select(output => output.Name), ignoreOrder: true);
        var arm = SamplePlan.Frontier().Arms[2];
        var json = JsonSerializer.SerializeToElement(arm, PlanResultJson.Default.ArmPlan);
        foreach (var figure in PlanFigure.All)
        {
            var value = figure.Json.Split('.').Aggregate(json, (at, name) => at.GetProperty(name));
            value.GetDouble().ShouldBe(figure.In(arm)!.Value, figure.Name);
        }
    }

    [Fact]
    public void The_best_of_each_column_is_marked_in_words()
    {
        var model = new PlanModel(SamplePlan.Frontier(), null);

        PlanFigure[] shown = [.. new[] { "wall-clock-hours", "cost-usd.total", "carbon-kg.total", "energy-kwh.total", "utilization" }.Select(PlanFigure.Of)];

        // islands is fastest and cheapest; lulea-when-clean has the least carbon and energy; both single sites never wait.
        shown.Select(figure => string.Join(' ', model.Arms.Where(arm => model.IsBest(arm, figure)).Select(arm => arm.Name)))
            .ShouldBe(["islands", "islands", "lulea-when-clean", "lulea-when-clean", "frankfurt lulea-when-clean"]);
    }

    [Fact]
    public void Curves_are_marked_where_they_cross_when_the_plan_names_no_break_even()
    {
        var plan = SamplePlan.Frontier();
        // 10 − x and 2 + x are equal at x = 4.
        var sweep = new SweepResult
        {
            Vary = "x",
            Unit = "",
            Values = [0, 3, 6],
            Show = "cost-usd.total",
            Arms = new Dictionary<string, IReadOnlyList<double?>> { ["frankfurt"] = [10, 7, 4], ["islands"] = [2, 5, 8] },
        };

        SweepReading.Of(plan, sweep).Marks.ShouldHaveSingleItem().ShouldBe(4, 1e-12);
        SweepReading.Of(plan, plan.Sweeps[0]).Marks.ShouldBe([4.31e9]);
    }

    [Fact]
    public void A_large_map_is_thinned_to_real_cells_its_corners_among_them()
    {
        var plan = SamplePlan.Frontier();
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => (double)i)];
        var sweep = plan.Sweeps[1] with
        {
            Values = values,
            AgainstValues = values,
            Arms = new Dictionary<string, IReadOnlyList<double?>> { ["islands"] = [.. values.SelectMany(y => values.Select(x => (double?)((1000 * y) + x)))] },
        };

        var reading = SweepReading.Of(plan, sweep);

        var cells = reading.Arms.ShouldHaveSingleItem().Values;
        cells.Length.ShouldBe(SweepReading.MostMapValues * SweepReading.MostMapValues);
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i].ShouldBe((1000 * reading.Against[i / SweepReading.MostMapValues]) + reading.Values[i % SweepReading.MostMapValues]);
        }

        cells[^1].ShouldBe(999_999);
    }

    [Theory]
    [InlineData(0.62, 1, "38 % less than X")]
    [InlineData(0.9957, 1, "0.4 % less than X")]
    [InlineData(1.5, 1, "50 % more than X")]
    [InlineData(3.24, 1, "3.2 times X")]
    [InlineData(1, 1, "as X")]
    [InlineData(1, 0, "against X")]
    public void A_figure_stands_to_the_baseline_s_in_words(double value, double other, string words) =>
        PlanWords.Against(PlanFigure.Of("cost-usd.total"), value, other, "X").ShouldBe(words);

    [Fact]
    public void A_share_stands_to_the_baseline_s_in_points() =>
        PlanWords.Against(PlanFigure.Of("utilization"), 0.962, 1, "100.0 %").ShouldBe("3.8 points below 100.0 %");

    [Fact]
    public void No_text_can_become_markup()
    {
        var page = PlanReportWriter.Render(HostilePlan.Make(), "0");

        Regex.Count(page, "<script", RegexOptions.IgnoreCase).ShouldBe(2, "the plan's data and the charts' script");
        page.ShouldNotContain("<img");
        page.ShouldNotContain("href=\"javascript");
        page.ShouldNotContain(HostileRun.EndsScript);
        Regex.Count(page, "<!--").ShouldBe(0);
    }

    [Fact]
    public void The_policy_allows_nothing_inline_and_no_element_needs_it()
    {
        var page = PlanReportWriter.Render(SamplePlan.Frontier(), "0");

        WebUtility.HtmlDecode(page).ShouldContain("default-src 'none'; style-src 'sha256-");
        Regex.Count(page, " style=|<[^>]* on[a-z]+=").ShouldBe(0);
    }

    [Fact]
    public void A_plan_of_one_arm_without_draws_sweeps_and_timeline_speaks_of_none_of_them()
    {
        var page = Plain(PlanReportWriter.Render(SamplePlan.Alone(), "0"));

        page.ShouldContain("Choose frankfurt.");
        foreach (var heading in new[] { "What would change", "Cost against carbon", "What matters most", "When and where", "draws", "class=\"quiet\">against", "overlap" })
        {
            Shown().Match(page).Value.ShouldNotContain(heading);
        }
    }

    [Fact]
    public void A_figure_that_is_not_finite_is_a_dash_and_does_not_stop_the_page()
    {
        var plan = SamplePlan.Frontier();
        var broken = plan with { Arms = [plan.Arms[0] with { WaterLitres = double.NaN, EffectivePue = double.PositiveInfinity, Range = new Dictionary<string, Percentiles> { ["costUsd.total"] = new(double.NaN, 1) }, Tornado = [new("x", "cost-usd.total", double.NaN, 1)] }, .. plan.Arms.Skip(1)] };

        var page = PlanReportWriter.Render(broken, "0");

        JsonDocument.Parse(Data().Match(page).Groups[1].Value).RootElement.GetProperty("arms")[0].GetProperty("values").TryGetProperty("water-litres", out _).ShouldBeFalse();
        page.ShouldNotContain("NaN", Case.Sensitive);
        page.ShouldNotContain("∞");
    }

    [Fact]
    public void Names_that_fit_nothing_do_not_stop_the_page()
    {
        var plan = SamplePlan.Frontier();

        var page = Plain(PlanReportWriter.Render(plan with
        {
            Baseline = "nobody",
            Recommendation = new() { Arm = "nobody", Reasons = [] },
            Sweeps = [plan.Sweeps[0] with { Show = "an-output-of-tomorrow" }, plan.Sweeps[0] with { Arms = new Dictionary<string, IReadOnlyList<double?>> { ["nobody"] = [1] } }],
            Solved = [plan.Solved[0] with { Until = "arms.nobody.utilization" }],
            Arms = [plan.Arms[0] with { Formulas = [], Timeline = new() { Start = default, StepSeconds = 0, Intensity = new Dictionary<string, IReadOnlyList<double>>(), Runs = [], SavedKg = 0 } }],
        }, "0"));

        page.ShouldContain("Choose nobody.");
        page.ShouldContain("an-output-of-tomorrow by bandwidth of link frankfurt-lulea");
        page.ShouldContain("arms.nobody.utilization reaches 0.950");
        page.ShouldContain("The plan names no formula for this figure.");
    }

    /// <summary>The sample plans are what <c>--json</c> can hold.</summary>
    [Fact]
    public void A_plan_read_back_from_its_json_gives_the_same_page()
    {
        var plan = SamplePlan.Frontier();

        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(plan, PlanResultJson.Default.PlanResult), PlanResultJson.Default.PlanResult);

        PlanReportWriter.Render(read!).ShouldBe(PlanReportWriter.Render(plan));
    }

    /// <summary>As read, with plain spaces and without the places where a path may break.</summary>
    private static string Plain(string page) => WebUtility.HtmlDecode(page).Replace('\u00A0', ' ').Replace("<wbr>", "", StringComparison.Ordinal).Replace("<wbr />", "", StringComparison.Ordinal);

    [GeneratedRegex("id=\"plan-data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();

    [GeneratedRegex("<main>.*</main>", RegexOptions.Singleline)]
    private static partial Regex Shown();
}
