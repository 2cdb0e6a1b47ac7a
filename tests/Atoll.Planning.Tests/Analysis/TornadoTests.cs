using Atoll.Planning.Analysis.Choice;
using Atoll.Planning.Analysis.Uncertainty;
using Atoll.Planning.Inputs;
using Atoll.Planning.Results;

namespace Atoll.Planning.Tests.Analysis;

public sealed class TornadoTests
{
    [Fact]
    public void What_moves_the_cost_most_stands_first_with_the_cost_at_both_ends()
    {
        // cost = 100·x + y + z²; x: ±0.1 → 20, y: ±30 → 60, z: 1 to 3 about 2 → 8; w moves nothing.
        InputTable table = Synthetic.Table(("s.x", 1, 0.9, 1.1), ("s.y", 50, 20, 80), ("s.z", 2, 1, 3), ("s.w", 2, 1, 3), ("s.fixed", 5, 5, 5));
        Tornado.Of(Synthetic.Arm("a", x => (100 * x[0]) + x[1] + (x[2] * x[2]) + x[4]), table, [Criterion.Cost], default).ShouldBe(
        [
            new Influence("s.y", "cost-usd.total", 100 + 20 + 4 + 5, 100 + 80 + 4 + 5),
            new Influence("s.x", "cost-usd.total", 90 + 50 + 4 + 5, 110 + 50 + 4 + 5),
            new Influence("s.z", "cost-usd.total", 100 + 50 + 1 + 5, 100 + 50 + 9 + 5),
        ], new Close());
    }

    [Fact]
    public void Criteria_follow_each_other_in_their_order_and_at_most_ten_of_each()
    {
        InputTable table = Synthetic.Table([.. Enumerable.Range(1, 15).Select(i => ($"s.x{i:00}", 1.0, 0.5, 1.5))]);
        IReadOnlyList<Influence> found = Tornado.Of(Synthetic.Arm("a", Sum, hours: Sum), table, [Criterion.Time, Criterion.Cost], default);
        found.Select(f => f.Output).ShouldBe([.. Enumerable.Repeat("wall-clock-hours", 10), .. Enumerable.Repeat("cost-usd.total", 10)]);

        static double Sum(ReadOnlySpan<double> x)
        {
            double sum = 0;
            foreach (double v in x)
            {
                sum += v;
            }
            return sum;
        }
    }

    [Fact]
    public void A_figure_that_is_best_in_the_middle_counts_by_the_middle_too()
    {
        // |x − 2| is 1 at both ends of 1 to 3 and 0 in the middle.
        InputTable table = Synthetic.Table(("s.x", 2, 1, 3));
        Tornado.Of(Synthetic.Arm("a", x => Math.Abs(x[0] - 2)), table, [Criterion.Cost], default).ShouldHaveSingleItem().AtLow.ShouldBe(1);
    }

    [Fact]
    public void An_end_at_which_nothing_comes_out_is_left_out()
    {
        InputTable table = Synthetic.Table(("s.x", 2, 1, 3));
        Tornado.Of(Synthetic.Arm("a", x => x[0] > 2.5 ? double.NaN : x[0]), table, [Criterion.Cost], default).ShouldBeEmpty();
    }

    private sealed class Close : IEqualityComparer<Influence>
    {
        public bool Equals(Influence? a, Influence? b) => a!.Input == b!.Input && a.Output == b.Output && Math.Abs(a.AtLow - b.AtLow) < 1e-9 && Math.Abs(a.AtHigh - b.AtHigh) < 1e-9;

        public int GetHashCode(Influence influence) => influence.Input.GetHashCode(StringComparison.Ordinal);
    }
}
