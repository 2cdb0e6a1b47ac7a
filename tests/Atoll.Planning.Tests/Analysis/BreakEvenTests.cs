using Atoll.Footprint.Quantities;
using Atoll.Planning.Analysis;
using Atoll.Planning.Analysis.Choice;
using Atoll.Planning.Analysis.Crossings;
using Atoll.Planning.Inputs;
using Atoll.Planning.Results;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Planning.Tests.Analysis;

public sealed class BreakEvenTests
{
    [Fact]
    public void Where_a_dear_line_pays_is_found_and_said()
    {
        // Islands: 50 + 2.15e11/bandwidth; lulea alone: 100. Equal at 4.3e9.
        BreakEven found = Of(Synthetic.Bandwidth(10e9, "links.frankfurt-lulea.bandwidth"),
            Synthetic.Arm("islands", x => 50 + (2.15e11 / x[0])), Synthetic.Arm("lulea", _ => 100, kind: "centralized")).ShouldHaveSingleItem();
        found.Value.ShouldBe(4.3e9, 4.3);
        (found.Below, found.Above, found.By, found.Unit).ShouldBe(("lulea", "islands", "cost-usd.total", "bit/s"));
        found.Text.ShouldBe("Below 4.3 Gbit/s between frankfurt and lulea, lulea alone is cheaper than islands.");
    }

    [Fact]
    public void The_sentence_speaks_of_the_side_on_which_the_plan_is_not() =>
        Of(Synthetic.Bandwidth(1e9), Synthetic.Arm("islands", x => 50 + (2.15e11 / x[0])), Synthetic.Arm("b", _ => 100))
            .ShouldHaveSingleItem().Text.ShouldBe("Above 4.3 Gbit/s between a and b, islands is cheaper than b.");

    [Fact]
    public void At_a_break_even_two_arms_are_equal_and_on_its_sides_they_swap() => Prop.ForAll(
        Gen.Choose(1, 400).ToArbitrary(), Gen.Choose(1, 400).ToArbitrary(), Gen.Choose(1, 400).ToArbitrary(), (a, b, c) =>
        {
            // A falling, a constant and a rising arm: up to two changes of the lead, all within the span.
            double[] scale = [a / 100.0, b / 100.0, c / 100.0];
            Func<double, double>[] costs = [x => scale[0] * 1e9 / x, _ => scale[1], x => scale[2] * x / 1e9];
            Alternative[] arms = [.. costs.Select((cost, i) => Synthetic.Arm($"{i}", x => cost(x[0])))];
            return Of(Synthetic.Bandwidth(1e9), arms).All(found =>
            {
                int below = int.Parse(found.Below, null), above = int.Parse(found.Above, null);
                return Math.Abs(costs[below](found.Value) - costs[above](found.Value)) <= 1e-9 * costs[below](found.Value)
                    && IsCheapest(below, found.Value * (1 - 1e-6)) && costs[below](found.Value * (1 - 1e-6)) < costs[above](found.Value * (1 - 1e-6))
                    && IsCheapest(above, found.Value * (1 + 1e-6)) && costs[above](found.Value * (1 + 1e-6)) < costs[below](found.Value * (1 + 1e-6));
            });

            // A third that leads by less than a thousandth for a while is passed over.
            bool IsCheapest(int arm, double x) => costs[arm](x) <= 1.001 * costs.Min(cost => cost(x));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_change_of_the_lead_is_found_even_two_between_neighbouring_points()
    {
        // b is the cheapest only from 1e9 to 1.1e9, less than a grid step.
        BreakEven[] found = [.. Of(Synthetic.Bandwidth(3e9), Synthetic.Arm("a", x => x[0] / 1e9), Synthetic.Arm("b", x => 0.5 + (0.5 * x[0] / 1e9)), Synthetic.Arm("c", _ => 1.05)).OrderBy(f => f.Value)];
        found.Select(f => (f.Below, f.Above)).ShouldBe([("a", "b"), ("b", "c")]);
        found[0].Value.ShouldBe(1e9, 1);
        found[1].Value.ShouldBe(1.1e9, 1);
    }

    [Fact]
    public void Arms_that_run_level_do_not_take_turns() =>
        Of(Synthetic.Bandwidth(1e9), Synthetic.Arm("a", x => x[0] * 3 * 0.1), Synthetic.Arm("b", x => x[0] * (3 * 0.1))).ShouldBeEmpty();

    [Fact]
    public void An_arm_that_catches_up_but_never_leads_is_no_break_even() =>
        Of(Synthetic.Bandwidth(1e9), Synthetic.Arm("a", _ => 5), Synthetic.Arm("b", x => Math.Max(5, 5e9 / x[0]))).ShouldBeEmpty();

    [Fact]
    public void A_jump_is_a_break_even_too() =>
        Of(Synthetic.Bandwidth(1e9), Synthetic.Arm("a", x => x[0] < 3e9 ? 1 : 9), Synthetic.Arm("b", _ => 5)).ShouldHaveSingleItem().Value.ShouldBe(3e9, 3);

    [Fact]
    public void An_arm_without_figure_on_one_side_gives_no_crossing_there_but_one_where_it_is_beaten()
    {
        Of(Synthetic.Bandwidth(1e9), Synthetic.Arm("a", x => x[0] < 1e8 ? double.NaN : x[0] / 1e9), Synthetic.Arm("b", x => x[0] < 1e8 ? double.NaN : 2))
            .ShouldHaveSingleItem().Value.ShouldBe(2e9, 2);
        Of(Synthetic.Bandwidth(1e9), Synthetic.Arm("a", x => x[0] < 5e8 ? double.PositiveInfinity : 1), Synthetic.Arm("b", _ => 2))
            .ShouldHaveSingleItem().Value.ShouldBe(5e8, 1);
    }

    /// <summary>The same accelerators at one, two or eight sites are equally fast where all sites are alike: one value of one site's rate at which all three change places.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1e-13)]
    [InlineData(1e-10)]
    [InlineData(-1e-10)]
    public void Where_three_arms_are_equal_at_one_value_that_is_the_break_even(double rounding)
    {
        BreakEven found = Of(Synthetic.Bandwidth(1e9), Synthetic.Arm("one", x => 1e9 / x[0]), Synthetic.Arm("two", x => (1 - rounding) * 2 / (1 + (x[0] / 1e9))), Synthetic.Arm("eight", x => 8 / (7 + (x[0] / 1e9))))
            .ShouldHaveSingleItem();

        (found.Below, found.Above).ShouldBe(("eight", "one"));
        found.Value.ShouldBe(1e9, 10);
    }

    [Fact]
    public void One_arm_has_nobody_to_flip_to() => Of(Synthetic.Bandwidth(1e9), Synthetic.Arm("a", x => x[0])).ShouldBeEmpty();

    [Fact]
    public void At_most_twelve_are_kept_the_nearest_first()
    {
        InputTable table = new();
        for (int i = 0; i < 20; i++)
        {
            table.Add($"links.a-s{i}.bandwidth", new Estimate<Bandwidth>(new(1e9)), Synthetic.Stated);
        }
        // Each input i alone flips the lead at 2 + i times its value.
        Alternative[] arms = [Synthetic.Arm("a", _ => 20), Synthetic.Arm("b", x =>
        {
            double cost = 21;
            for (int i = 0; i < 20; i++)
            {
                cost = Math.Min(cost, 20 + ((2 + i) - (x[i] / 1e9)));
            }
            return cost;
        })];
        IReadOnlyList<BreakEven> found = Of(table, arms);
        found.Select(f => f.Vary).ShouldBe(Enumerable.Range(0, 12).Select(i => $"links.a-s{i}.bandwidth"));
        found.Select(f => f.Value / 1e9).ShouldBe(Enumerable.Range(0, 12).Select(i => 2.0 + i), tolerance: 1e-7);
    }

    [Fact]
    public void A_PUE_stays_within_what_a_data_centre_can_have()
    {
        InputTable table = Synthetic.Table(("sites.a.pue", 1.1, 1.1, 1.1));
        Of(table, Synthetic.Arm("a", x => x[0]), Synthetic.Arm("b", _ => 1.5)).ShouldHaveSingleItem().Text.ShouldBe("Above a PUE of 1.5 at a, b is cheaper than a.");
        Of(table, Synthetic.Arm("a", x => x[0]), Synthetic.Arm("b", _ => 5)).ShouldBeEmpty();
    }

    private static IReadOnlyList<BreakEven> Of(InputTable table, params Alternative[] arms) => new BreakEvenSearch(arms, table, [Criterion.Cost]).Run(new ParallelOptions()).ByCriterion;
}
