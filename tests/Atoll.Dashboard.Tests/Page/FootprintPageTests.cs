using System.Net;
using System.Text.RegularExpressions;
using Atoll.Dashboard.Report;
using Atoll.Dashboard.Tests.Samples;
using Atoll.Dashboard.Verdicts;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Tests.Page;

/// <summary>What the page says of energy, carbon and money, without a browser.</summary>
public sealed partial class FootprintPageTests
{
    [Fact]
    public void Measured_and_modelled_stand_apart_and_each_says_which_it_is()
    {
        var page = Text(SampleRun.Hospitals().WithFootprint());

        foreach (var said in new[]
        {
            "Energy on this machine", "processor (measured)", "memory (modelled)", "Energy at the sites", "Carbon at the sites", "Money at the sites", "Where these figures come from",
            "sites.this-machine.grid.intensity", "Ember, Yearly Electricity Data", "RAPL package", "No counter was read for the energy of memory here: it is modelled.", "The counter is gone. From then on: its power by load.",
        })
        {
            page.ShouldContain(said);
        }

        // The second arm: 2 × (2 + 1) µWh·10³ = 21.6 J here, and 2 × 1.4 kWh at the sites.
        page.ShouldContain("21.6 J");
        page.ShouldContain("2.80 kWh");
    }

    [Fact]
    public void Centralized_stands_against_federated_row_by_row()
    {
        var page = Text(SampleRun.Hospitals().WithFootprint());
        var table = page[page.IndexOf("Centralized against federated", StringComparison.Ordinal)..page.IndexOf("The plan, and what came of it", StringComparison.Ordinal)];

        foreach (var said in new[]
        {
            "transmission’s share of the energy", "effective PUE", "time to target on this machine", "time to target at the sites", "29.7 kB of training rows leave their sites", "stay at their sites",
            "each site’s updates in the clear", "6.7 %",
        })
        {
            table.ShouldContain(said);
        }

        table.ShouldNotContain("fedyogi-hot", Case.Sensitive, "an arm that stopped is no alternative");
    }

    [Fact]
    public void The_plan_stands_beside_the_run_with_its_error()
    {
        var page = Text(SampleRun.Hospitals().WithFootprint());
        var table = page[page.IndexOf("The plan, and what came of it", StringComparison.Ordinal)..];

        table.ShouldContain("exact");
        table.ShouldContain("+25.0 %"); // 1.25 times the time that it took
        table.ShouldContain("−33.3 %"); // 2 of 3 µWh·10³
    }

    [Fact]
    public void A_run_without_a_footprint_has_no_section_of_it()
    {
        var page = Text(SampleRun.Hospitals());

        foreach (var said in new[] { "What each arm takes", "Centralized against federated", "The plan, and what came of it", "accuracy a gram" })
        {
            page.ShouldNotContain(said);
        }
    }

    [Fact]
    public void A_machine_whose_grid_is_not_told_has_no_carbon_and_says_why()
    {
        var run = SampleRun.Hospitals().WithFootprint();
        run = run with { Arms = [.. run.Arms.Select(arm => arm with { Footprint = new() { Measured = arm.Footprint!.Measured! with { CarbonKg = null, EmbodiedKg = null, CostUsd = null } } })] };

        var page = Text(run);

        page.ShouldContain("Its carbon needs its grid");
        page.ShouldContain("Declare sites in the experiment file");
        page.ShouldNotContain("Carbon at the sites");
        page.ShouldNotContain("accuracy a gram", Case.Sensitive, "a column without a figure");
    }

    [Fact]
    public void The_target_is_what_every_arm_reaches_and_its_time_is_until_then()
    {
        var run = HandMade.Run("accuracy", 1, Arm("centralized", "centralized", 0.5, 0.9), Arm("fedavg", "federated", 0.7, 0.8));
        var reading = new Reading(run);

        var target = Target.Of(reading, run.Arms).ShouldNotBeNull();

        target.Value.ShouldBe(0.8);
        target.SecondsHere(run.Arms[0]).ShouldBe(2);
        target.RoundOf(run.Arms[1])!.Round.ShouldBe(2);
    }

    private static ArmResult Arm(string name, string kind, params double[] accuracies) => HandMade.Arm(name, kind, "accuracy", accuracies[^1], null, ("a", accuracies[^1])) with
    {
        Rounds = [.. accuracies.Select((accuracy, i) => new RoundResult { Round = i + 1, Loss = 1, Metrics = new Dictionary<string, double?> { ["accuracy"] = accuracy }, Bytes = 0, Seconds = 1 })],
    };

    private static string Text(RunResult run) => Spaces().Replace(WebUtility.HtmlDecode(ReportWriter.Render(run, script: null)), " ");

    [GeneratedRegex(@"[\s\u00A0]+")]
    private static partial Regex Spaces();
}
