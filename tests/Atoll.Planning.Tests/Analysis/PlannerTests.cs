using System.Text.Json;
using System.Text.Json.Nodes;
using Atoll.Experiments.Sites;
using Atoll.Footprint.Quantities;
using Atoll.Planning.Arms;
using Atoll.Planning.File;
using Atoll.Planning.Inputs;
using Atoll.Planning.Models;
using Atoll.Planning.Results;

namespace Atoll.Planning.Tests.Analysis;

public sealed class PlannerTests
{
    private const string Bandwidth = "links.frankfurt-lulea.bandwidth";

    [Fact]
    public void The_same_plan_gives_the_same_bytes_of_JSON_on_any_number_of_threads()
    {
        string one = Json(Planner.Plan(Prepare(), threads: 1)), again = Json(Planner.Plan(Prepare(), threads: 1)), many = Json(Planner.Plan(Prepare(), threads: 5));
        again.ShouldBe(one);
        many.ShouldBe(one);
    }

    [Fact]
    public void Every_output_is_in_the_JSON_under_the_name_that_its_range_has()
    {
        JsonNode arm = JsonNode.Parse(Json(Planner.Plan(Prepare())))!["arms"]![1]!;
        JsonObject ranges = arm["range"]!.AsObject();
        ranges.Count.ShouldBe(Output.All.Count - 1); // no law tells the loss here
        foreach ((string name, JsonNode? range) in ranges)
        {
            JsonNode? value = arm;
            foreach (string part in name.Split('.'))
            {
                value = value![part].ShouldNotBeNull($"no {name} in the JSON");
            }
            ((double)range!["p05"]!).ShouldBeLessThanOrEqualTo((double)value!, name);
            ((double)range["p95"]!).ShouldBeGreaterThanOrEqualTo((double)value!, name);
        }
    }

    [Fact]
    public void What_is_asked_is_answered()
    {
        PlanResult result = Planner.Plan(Prepare());
        // islands: 100·price·(1 + 4e9/bandwidth) / 2; lulea: 100·price.
        result.Solved.ShouldHaveSingleItem().Value.ShouldNotBeNull().ShouldBe(16e9, 16);
        result.BreakEvens.ShouldContain(b => b.Vary == Bandwidth && b.By == "cost-usd.total" && Math.Abs(b.Value - 4e9) < 4);
        result.Pareto.ShouldBe(["lulea", "islands"]);
        result.Baseline.ShouldBe("lulea");
        SweepResult sweep = result.Sweeps.ShouldHaveSingleItem();
        sweep.Values.ShouldBe([1e9, 1e10, 1e11], tolerance: 1);
        sweep.AgainstValues.ShouldBe([1.0, 2, 3]);
        sweep.Arms["islands"].Select(v => v!.Value).ShouldBe([250, 70, 52, 500, 140, 104, 750, 210, 156], tolerance: 1e-9); // row by row of the price
    }

    [Fact]
    public void The_recommendation_says_why_against_whom_how_sure_and_what_would_change_it()
    {
        Recommendation advice = Planner.Plan(Prepare(new Objective { Cost = 1 })).Recommendation;
        advice.Arm.ShouldBe("islands");
        advice.Reasons[0].ShouldBe("islands is the cheapest.");
        advice.Reasons[1].ShouldStartWith("Cost: $140 as given, $");
        advice.Reasons[1].ShouldEndWith(" in 90 % of the draws; 30 % less than lulea, the baseline and the next best ($200, less in 100 % of the draws).");
        advice.Reasons[2].ShouldBe("islands comes out best in 100 % of 500 draws over the inputs' ranges.");
        advice.Reasons[3].ShouldBe("Below 4 Gbit/s between frankfurt and lulea, lulea alone would come out before islands.");
    }

    [Fact]
    public void A_compromise_is_called_one()
    {
        // islands costs 0.7 of lulea's and takes 2 of its hours: weighed alike, lulea is ahead.
        Recommendation advice = Planner.Plan(Prepare(new Objective { Cost = 1, Time = 1 })).Recommendation;
        advice.Arm.ShouldBe("lulea");
        advice.Reasons[0].ShouldBe("lulea is the best compromise of time and cost, weighed alike: on average its figures lie 20 % above the best of each, those of islands, the next, 41 %. It is the fastest.");
    }

    [Fact]
    public void Privacy_weighs_as_much_as_it_is_told_to()
    {
        Recommendation advice = Planner.Plan(Prepare(new Objective { Time = 1, Privacy = 2 })).Recommendation;
        advice.Arm.ShouldBe("islands");
        advice.Reasons.ShouldContain("Privacy: raw data stay where they are; with lulea, the baseline and the next best, part of the raw data moves.");
    }

    [Fact]
    public void Without_draws_or_ranges_nothing_is_said_of_how_sure_it_is()
    {
        PlanResult none = Planner.Plan(Prepare(draws: 0));
        none.Arms[0].Range.ShouldBeEmpty();
        none.Recommendation.Reasons.ShouldContain("No draws were made, so nothing is said of how sure this is.");
        Planner.Plan(Prepare(low: 2, high: 2)).Recommendation.Reasons.ShouldContain("No input has a range, so nothing is said of how sure this is.");
    }

    [Fact]
    public void A_plan_of_one_arm_is_answered()
    {
        PlanResult result = Planner.Plan(Prepare(arms: 1));
        result.Recommendation.Reasons[0].ShouldBe("lulea is the only arm.");
        result.BreakEvens.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("links.frankfurt-lulea.bandwith", "arms.islands.cost-usd.total", "solve[0].vary must be an input of the plan (was links.frankfurt-lulea.bandwith). Did you mean links.frankfurt-lulea.bandwidth?")]
    [InlineData(Bandwidth, "arms.island.cost-usd.total", "solve[0].until must be an output of an arm, such as arms.lulea.cost-usd.total (was arms.island.cost-usd.total). Did you mean arms.islands.cost-usd.total?")]
    [InlineData(Bandwidth, "arms.islands.cost", "solve[0].until must be an output of an arm, such as")]
    public void A_question_that_cannot_be_understood_is_refused(string vary, string until, string message) =>
        Should.Throw<PlanException>(() => Planner.Plan(Prepare(vary: vary, until: until))).Message.ShouldStartWith(message);

    [Theory]
    [InlineData("0 bit/s", "sweep[0].from must be more than 0 where the spacing is logarithmic (was 0 bit/s): write spacing: linear")]
    [InlineData("3 kWh", "sweep[0].from must be a bandwidth")]
    public void A_sweep_outside_what_an_input_can_be_is_refused(string from, string message) =>
        Should.Throw<PlanException>(() => Planner.Plan(Prepare(from: from))).Message.ShouldStartWith(message);

    [Fact]
    public void An_arm_that_comes_to_no_number_is_named() =>
        Should.Throw<PlanException>(() => Planner.Plan(Prepare(price: double.MaxValue, low: double.MaxValue, high: double.MaxValue))).Message
            .ShouldStartWith("cost-usd.hardware of the arm lulea must come to a number (was Infinity)");

    [Fact]
    public void Cancelling_stops_it()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Should.Throw<OperationCanceledException>(() => Planner.Plan(Prepare(), cancel: source.Token));
    }

    private static string Json(PlanResult result) => JsonSerializer.Serialize(result, PlanResultJson.Default.PlanResult);

    private static PreparedPlan Prepare(Objective? objective = null, int draws = 500, double price = 2, double low = 1, double high = 4, int arms = 2,
        string vary = Bandwidth, string until = "arms.islands.cost-usd.total", string from = "1 Gbit/s")
    {
        InputTable table = new();
        table.Add(Bandwidth, new Estimate<Bandwidth>(new(10e9)), Synthetic.Stated);
        table.Add("sites.lulea.hardware.price", new Estimate<HourlyPrice>(new(price), new(low), new(high)), Synthetic.Stated);
        PreparedArm[] all =
        [
            new("lulea", "centralized", new Synthetic.Model(x => 100 * x[1], null, null), new PrivacyPlan { RawData = "frankfurt to lulea", Moves = RawDataMovement.Part, CoordinatorSees = "everything" }),
            new("islands", "diloco", new Synthetic.Model(x => 50 * x[1] * (1 + (4e9 / x[0])), _ => 2, _ => 0.5), new PrivacyPlan { RawData = "nowhere", CoordinatorSees = "changes of the model" }),
        ];
        Site site = new() { Data = new Estimate<Data>(new(8e12)) };
        return new()
        {
            File = "plan.yaml",
            Workload = "10 B parameters",
            Inputs = table,
            Notes = [],
            Arms = all[..arms],
            Plan = new()
            {
                Name = "two-regions",
                Workload = new(),
                Sites = new Dictionary<string, Site> { ["frankfurt"] = site, ["lulea"] = site },
                Arms = new Dictionary<string, PlanArm> { ["lulea"] = new Centralized { Site = "lulea" }, ["islands"] = new DiLoCo { Sites = ["frankfurt", "lulea"] } }.Take(arms).ToDictionary(),
                Objective = objective,
                Draws = draws,
                Solve = arms == 1 ? [] : [new() { Vary = vary, Until = until, Reaches = 125 }],
                Sweep = [new() { Vary = Bandwidth, From = new(from), To = new("100 Gbit/s"), Steps = 3, Against = new() { Vary = "sites.lulea.hardware.price", From = new("1 $/h"), To = new("3 $/h"), Steps = 3, Spacing = Spacing.Linear } }],
            },
        };
    }
}
