using Atoll.Dashboard.Plans;
using Atoll.Dashboard.Tests.Samples;

namespace Atoll.Dashboard.Tests.Figures;

/// <summary>What the page of a plan says and does not say of figures that are level, given or named by a path.</summary>
public sealed class PlanWordingTests
{
    [Theory]
    [InlineData("sites.lulea.pue", "PUE at lulea")]
    [InlineData("sites.lulea.hardware.power", "hardware power at lulea")]
    [InlineData("sites.phones.link.energy", "energy per GB of phones’s link")]
    [InlineData("links.frankfurt-lulea.bandwidth", "bandwidth of link frankfurt-lulea")]
    [InlineData("arms.islands.inner-steps", "inner steps of islands")]
    [InlineData("workload.batch-tokens", "batch tokens of the job")]
    [InlineData("something.new", "something.new")]
    public void A_path_is_said_in_words(string path, string words) => PathWords.Of(path).ShouldBe(words);

    [Fact]
    public void What_the_plan_states_is_given_and_not_measured()
    {
        var input = SamplePlan.Frontier().Provenance[0] with { Basis = "measured", Source = "the plan file, line 2" };

        PlanWords.Basis([input, input with { Source = "a meter" }, input with { Basis = "assumed" }]).ShouldBe("3 inputs: 1 given, 1 measured, 1 assumed");
    }

    [Fact]
    public void Arms_that_are_level_to_the_digits_shown_are_all_best_and_none_is_where_all_are()
    {
        var plan = SamplePlan.Frontier();
        var time = PlanFigure.Of("wall-clock-hours");
        PlanModel Of(params double[] hours) => new(plan with { Arms = [.. plan.Arms.Take(hours.Length).Select((arm, i) => arm with { WallClockHours = hours[i] })] }, null);

        var model = Of(100, 100.00001, 120);
        model.Arms.Select(arm => model.IsBest(arm, time)).ShouldBe([true, true, false]);
        var level = Of(100, 100.00001, 100);
        level.Arms.Select(arm => level.IsBest(arm, time)).ShouldBe([false, false, false]);
    }

    [Fact]
    public void Of_arms_that_are_level_but_for_rounding_a_sweep_names_the_first()
    {
        var plan = SamplePlan.Frontier();
        var sweep = plan.Sweeps[0] with { Values = [1], Arms = plan.Arms.Take(2).Select((arm, i) => (arm.Name, i)).ToDictionary(pair => pair.Name, pair => (IReadOnlyList<double?>)[pair.i == 0 ? 1 + 1e-14 : 1]) };

        SweepReading.Of(plan, sweep).BestAt(0).ShouldBe(plan.Arms[0].Name);
    }

    [Fact]
    public void A_carbon_aware_arm_waits_for_cleaner_power()
    {
        var plan = SamplePlan.Frontier();
        var part = PlanStack.All[0].Parts.Single(p => p.Figure.Name == "waiting-hours");

        new PlanModel(plan with { Arms = [plan.Arms[0] with { Kind = "carbon-aware" }] }, null).LabelOf(part).ShouldBe("waiting for cleaner power");
        new PlanModel(plan with { Arms = [plan.Arms[0] with { Kind = "federated" }] }, null).LabelOf(part).ShouldBe("waiting for others");
    }
}
