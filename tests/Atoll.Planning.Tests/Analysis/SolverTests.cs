using Atoll.Planning.Analysis.Crossings;
using Atoll.Planning.Analysis.Levers;
using Atoll.Planning.File;
using Atoll.Planning.Inputs;
using Atoll.Planning.Models;
using Atoll.Planning.Results;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Planning.Tests.Analysis;

public sealed class SolverTests
{
    [Fact]
    public void A_straight_line_is_crossed_where_algebra_says()
    {
        Solution found = Cost(Synthetic.Bandwidth(10e9), x => 5 + (2e-9 * x[0]), 100); // 5 + 2e-9·x = 100
        found.Value.ShouldNotBeNull().ShouldBe(47.5e9, 47.5e9 * 1e-9);
        (found.Unit, found.Note).ShouldBe(("bit/s", null));
    }

    [Fact]
    public void INTELLECT_1_reaches_its_utilization_at_the_bandwidth_of_its_all_reduce()
    {
        // Utilization = compute / (compute + bits/bandwidth): 95.7 % with 2,280 s of computing means 102.4 s of sending (INTELLECT-1 technical report: 103 s).
        const double Bits = 103 * 4e9;
        Solution found = Cost(Synthetic.Bandwidth(1e9), x => 2280 / (2280 + (Bits / x[0])), 2280.0 / 2383);
        found.Value.ShouldNotBeNull().ShouldBe(4e9, 4);
    }

    [Fact]
    public void A_solution_put_back_gives_the_value() => Prop.ForAll(Gen.Choose(-60, 60).ToArbitrary(), Gen.Choose(1, 99).ToArbitrary(), (exponent, percent) =>
    {
        // Hill curves whose middle lies anywhere over twelve decades.
        double middle = 1e9 * Math.Pow(10, exponent / 10.0), target = percent / 100.0;
        Solution found = Cost(Synthetic.Bandwidth(1e9), x => x[0] / (x[0] + middle), target);
        double x = found.Value!.Value;
        return Math.Abs((x / (x + middle)) - target) <= 1e-9 * target && Math.Abs(x - (middle * target / (1 - target))) <= 1e-9 * x;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_several_crossings_the_nearest_to_the_given_value_is_taken_and_the_others_are_named()
    {
        // (ln x − ln 1e9)² = (ln 10)²: at 1e8 and 1e10; given 3e9.
        Solution found = Cost(Synthetic.Bandwidth(3e9), x => Math.Pow(Math.Log10(x[0] / 1e9), 2), 1);
        found.Value.ShouldNotBeNull().ShouldBe(1e10, 10);
        found.Note.ShouldBe("The nearest to the given 3 Gbit/s; it is reached at 100 Mbit/s too.");
    }

    [Fact]
    public void What_is_never_reached_is_said_with_what_the_output_comes_to()
    {
        Solution found = Cost(Synthetic.Bandwidth(1e9), x => 0.9 * x[0] / (x[0] + 1e9), 0.95);
        found.Value.ShouldBeNull();
        found.Note.ShouldBe("arms.a.cost-usd.total does not reach 0.95 $: from 1 bit/s to 1,000,000 Tbit/s of links.a-b.bandwidth it lies between 9e-10 $ (at 1 bit/s) and 0.9 $ (at 1,000,000 Tbit/s).");
    }

    [Fact]
    public void What_does_not_depend_on_the_input_is_said_so()
    {
        Solution found = Cost(Synthetic.Bandwidth(1e9), _ => 7, 8);
        (found.Value, found.Note).ShouldBe((null, "arms.a.cost-usd.total stays at 7 $ whatever links.a-b.bandwidth is."));
    }

    [Fact]
    public void A_staircase_is_reached_at_the_smallest_input_on_the_step()
    {
        // The step to 4 begins at exactly 3e9.
        double found = Cost(Synthetic.Bandwidth(1e9), x => 1 + Math.Floor(x[0] / 1e9), 4).Value.ShouldNotBeNull();
        found.ShouldBe(3e9, 3e9 * 1e-12);
        (1 + Math.Floor(found / 1e9)).ShouldBe(4);
        // And past a value that is jumped over, at the first beyond it.
        Cost(Synthetic.Bandwidth(1e9), x => 1 + Math.Floor(x[0] / 1e9), 3.5).Value.ShouldNotBeNull().ShouldBe(3e9, 3e9 * 1e-12);
    }

    [Fact]
    public void A_plateau_is_reached_where_it_begins() =>
        Cost(Synthetic.Bandwidth(50e9), x => Math.Min(1, x[0] / 20e9), 1).Value.ShouldNotBeNull().ShouldBe(20e9, 20e9 * 1e-9);

    [Fact]
    public void A_plateau_from_the_least_value_on_is_reached_up_to_its_end()
    {
        Solution found = Cost(Synthetic.Bandwidth(50e9), x => Math.Max(1, x[0] / 20e9), 1);
        found.Value.ShouldNotBeNull().ShouldBe(20e9, 20e9 * 1e-9);
        found.Note.ShouldBe("It holds for every value up to 20 Gbit/s.");
    }

    [Fact]
    public void A_PUE_is_looked_for_from_1_and_a_share_up_to_1()
    {
        Cost(Synthetic.Table(("sites.a.pue", 1.2, 1.2, 1.2)), x => x[0], 1.0001).Value.ShouldNotBeNull().ShouldBe(1.0001, 1e-9);
        Cost(Synthetic.Table(("sites.a.pue", 1.2, 1.2, 1.2)), x => x[0], 0.9).Value.ShouldBeNull();
        Cost(Synthetic.Table(("sites.a.utilization", 0.4, 0.4, 0.4)), x => 1 / x[0], 1).Value.ShouldBe(1);
        Cost(Synthetic.Table(("sites.a.utilization", 0.4, 0.4, 0.4)), x => 1 / x[0], 0.5).Value.ShouldBeNull();
    }

    [Fact]
    public void Infinite_and_missing_outputs_at_the_ends_do_not_hide_a_crossing()
    {
        Cost(Synthetic.Bandwidth(1e9), x => x[0] < 1e3 ? double.PositiveInfinity : x[0] > 1e15 ? double.NaN : 1e12 / x[0], 50).Value.ShouldNotBeNull().ShouldBe(2e10, 20);
        // From infinite to finite: the first value at which it is below.
        Cost(Synthetic.Bandwidth(1e9), x => x[0] < 2e9 ? double.PositiveInfinity : 1, 5).Value.ShouldNotBeNull().ShouldBe(2e9, 2e9 * 1e-9);
        Cost(Synthetic.Bandwidth(1e9), _ => double.NaN, 5).Note.ShouldBe("arms.a.cost-usd.total has no value at any links.a-b.bandwidth.");
    }

    [Fact]
    public void An_input_of_0_can_be_solved_for() =>
        Cost(Synthetic.Table(("s.x", 0, 0, 0)), x => x[0], 42).Value.ShouldNotBeNull().ShouldBe(42, 42e-9);

    private static Solution Cost(InputTable table, Synthetic.Figure cost, double reaches)
    {
        Lever.TryFind(table, table.Inputs[0].Path, out Lever? lever, out _).ShouldBeTrue();
        Solve solve = new() { Vary = lever.Path, Until = "arms.a.cost-usd.total", Reaches = reaches };
        return Solver.Find(solve, lever, Synthetic.Arm("a", cost), Output.Find("cost-usd.total")!, table, default);
    }
}
