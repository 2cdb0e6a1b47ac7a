using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;
using Atoll.Planning.Analysis;
using Atoll.Planning.Analysis.Choice;
using Atoll.Planning.Analysis.Uncertainty;
using Atoll.Planning.Inputs;
using Atoll.Planning.Results;
using MathNet.Numerics.Distributions;

namespace Atoll.Planning.Tests.Analysis;

public sealed class MonteCarloTests
{
    private const int Draws = 10_000;
    private static readonly IReadOnlyList<Criterion> CostAlone = [Criterion.Cost];

    [Fact]
    public void Percentiles_of_one_input_are_the_quantiles_of_its_distribution_through_a_rising_model()
    {
        InputTable table = Synthetic.Table(("sites.a.x", 3, 1, 9));
        Percentiles cost = Run([Synthetic.Arm("a", x => x[0] * x[0])], table).Ranges(0)["cost-usd.total"];
        // A rising function keeps order, so its quantiles are its values at the input's. Sampling error of a quantile: √(p(1−p)/n) / density, here 0.02 of the input at five of them.
        Math.Sqrt(cost.P05).ShouldBe(Triangular.InvCDF(1, 3, 3, 2 * 0.05), 0.08);
        Math.Sqrt(cost.P95).ShouldBe(Triangular.InvCDF(3, 9, 3, (2 * 0.95) - 1), 0.12);
    }

    [Fact]
    public void An_input_without_range_keeps_its_value()
    {
        InputTable table = Synthetic.Table(("sites.a.x", 3, 3, 3), ("sites.a.y", 1, 0.5, 2));
        Run([Synthetic.Arm("a", x => x[0])], table).Ranges(0)["cost-usd.total"].ShouldBe(new Percentiles(3, 3));
    }

    [Fact]
    public void Another_input_in_the_plan_changes_no_draw_of_the_others()
    {
        InputTable few = Synthetic.Table(("sites.a.x", 3, 1, 9)), more = Synthetic.Table(("sites.a.new", 2, 1, 4), ("sites.a.x", 3, 1, 9));
        double[] a = new double[1], b = new double[2];
        for (int draw = 0; draw < 100; draw++)
        {
            new InputDraws(few, 7).Draw(draw, a);
            new InputDraws(more, 7).Draw(draw, b);
            b[1].ShouldBe(a[0]);
            b[0].ShouldNotBe(b[1]);
        }
    }

    [Fact]
    public void Another_seed_gives_other_draws()
    {
        InputTable table = Synthetic.Table(("sites.a.x", 3, 1, 9));
        double[] a = new double[1], b = new double[1];
        new InputDraws(table, 1).Draw(0, a);
        new InputDraws(table, 2).Draw(0, b);
        a[0].ShouldNotBe(b[0]);
    }

    [Fact]
    public void One_published_figure_at_two_sites_is_one_unknown_and_two_figures_of_the_users_are_two()
    {
        Origin published = new() { Basis = Basis.Modelled, Source = "a survey", Year = 2024 };
        InputTable table = new();
        Estimate<Carbon> range = new(new(164), new(150), new(575));
        table.Add("sites.a.hardware.embodied", range, published);
        table.Add("sites.b.hardware.embodied", range, published);
        table.Add("sites.a.hardware.power", range, Synthetic.Stated);
        table.Add("sites.b.hardware.power", range, Synthetic.Stated);
        double[] x = new double[4];
        new InputDraws(table, 1).Draw(5, x);
        x[1].ShouldBe(x[0]);
        x[3].ShouldNotBe(x[2]);
    }

    [Fact]
    public void What_arms_share_does_not_blur_which_is_the_best()
    {
        // The price varies tenfold, but b pays 1 % more of the same price in every draw.
        InputTable table = Synthetic.Table(("sites.a.price", 3, 1, 10));
        MonteCarlo run = Run([Synthetic.Arm("a", x => x[0]), Synthetic.Arm("b", x => 1.01 * x[0])], table);
        run.BestShares.ShouldBe([1, 0], tolerance: 1e-9);
        run.ShareBelow(0, 0, 1).ShouldBe(1);
    }

    [Fact]
    public void The_share_of_draws_is_the_probability_of_being_the_best()
    {
        // P(X < 5) of the triangle on [0, 10] with its mode at 5 is a half; of X < 2.5 it is ½(2.5/5)² = 0.125.
        InputTable table = Synthetic.Table(("sites.a.x", 5, 1e-9, 10));
        Run([Synthetic.Arm("a", x => x[0]), Synthetic.Arm("b", _ => 2.5)], table).BestShares[0].ShouldBe(0.125, 0.014); // four standard errors
    }

    [Fact]
    public void Arms_that_are_alike_share_their_draws() =>
        Run([Synthetic.Arm("a", x => x[0]), Synthetic.Arm("b", x => x[0])], Synthetic.Table(("sites.a.x", 3, 1, 9))).BestShares.ShouldBe([0.5, 0.5], tolerance: 1e-9);

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        InputTable table = Synthetic.Table(("sites.a.x", 3, 1, 9), ("sites.a.y", 2, 1, 5));
        Alternative[] arms = [Synthetic.Arm("a", x => x[0] * x[1]), Synthetic.Arm("b", x => x[0] + (2 * x[1]))];
        MonteCarlo one = Run(arms, table, threads: 1), many = Run(arms, table, threads: 7);
        many.BestShares.ShouldBe(one.BestShares);
        many.Ranges(1).ShouldBe(one.Ranges(1));
    }

    [Fact]
    public void Figures_that_are_infinite_or_unknown_in_some_draws_give_no_false_range()
    {
        InputTable table = Synthetic.Table(("sites.a.x", 3, 1, 9));
        MonteCarlo run = Run([Synthetic.Arm("a", x => x[0] > 3 ? double.PositiveInfinity : 1, x => x[0] > 8.9 ? double.NaN : x[0]), Synthetic.Arm("b", _ => 5)], table);
        run.Ranges(0).Keys.ShouldNotContain("cost-usd.total");
        run.Ranges(0)["wall-clock-hours"].P95.ShouldBeLessThan(9);
        run.Ranges(0).Keys.ShouldNotContain("loss-ratio");
        run.BestShares.Sum().ShouldBe(1, 1e-9);
        run.BestShares[1].ShouldBe(0.5, 0.02); // 3 is the median
    }

    [Fact]
    public void Cancelling_stops_it()
    {
        using CancellationTokenSource source = new();
        InputTable table = Synthetic.Table(("sites.a.x", 3, 1, 9));
        Alternative arm = Synthetic.Arm("a", x =>
        {
            source.Cancel();
            return x[0];
        });
        Should.Throw<OperationCanceledException>(() => MonteCarlo.Run([arm], table, CostAlone, 1, 1_000_000, new ParallelOptions { CancellationToken = source.Token }));
    }

    private static MonteCarlo Run(Alternative[] arms, InputTable table, int threads = 2) =>
        MonteCarlo.Run(arms, table, CostAlone, seed: 1, Draws, new ParallelOptions { MaxDegreeOfParallelism = threads });
}
