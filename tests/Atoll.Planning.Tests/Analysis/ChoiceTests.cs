using Atoll.Planning.Results;
using Atoll.Planning.Analysis.Choice;
using Atoll.Planning.File;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Planning.Tests.Analysis;

public sealed class ChoiceTests
{
    [Fact]
    public void The_score_is_the_weighted_geometric_mean_of_ratios_to_the_best()
    {
        // Time 1 and 2, cost 30 and 10, cost weighing twice: a = (1·3²)^⅓, b = (2·1²)^⅓.
        double[] scores = new double[2];
        Score.Of([Criterion.Time, Criterion.Cost with { Weight = 2 }], [1, 2, 30, 10], scores);
        scores.ShouldBe([Math.Cbrt(9), Math.Cbrt(2)], tolerance: 1e-12);
    }

    [Fact]
    public void Units_do_not_matter_and_a_third_arm_does_not_turn_two_around() => Prop.ForAll(
        Gen.ArrayOf(Gen.Choose(1, 1000), 6).ToArbitrary(), Gen.Choose(1, 1000).ToArbitrary(), (figures, factor) =>
        {
            Criterion[] criteria = [Criterion.Time, Criterion.Cost];
            double[] three = [.. figures.Select(f => (double)f)], scaled = [.. three.Take(3).Select(f => f * factor), .. three.Skip(3)];
            double[] a = new double[3], b = new double[3], two = new double[2];
            Score.Of(criteria, three, a);
            Score.Of(criteria, scaled, b);
            Score.Of(criteria, [three[0], three[1], three[3], three[4]], two);
            return a.Zip(b).All(s => Math.Abs(s.First - s.Second) < 1e-9 * s.First) && Math.Sign(Math.Round(a[0] / a[1] - 1, 9)) == Math.Sign(Math.Round(two[0] / two[1] - 1, 9));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_at_all_is_not_infinitely_better_and_what_is_unknown_comes_last()
    {
        double[] scores = new double[3];
        Score.Of([Criterion.Cost, Criterion.Carbon], [1, 1, 1, 0, 5, double.NaN], scores);
        scores[..2].ShouldBe([1, Math.Sqrt(1000)], tolerance: 1e-9);
        scores[2].ShouldBe(double.PositiveInfinity);
        Score.Of([Criterion.Cost], [0, 0, 0], scores);
        scores.ShouldBe([1, 1, 1]);
    }

    [Fact]
    public void No_arm_on_the_Pareto_front_is_dominated_and_every_other_is() => Prop.ForAll(Gen.ArrayOf(Gen.Choose(0, 4), 30).ToArbitrary(), numbers =>
    {
        double[][] figures = [.. numbers.Chunk(10).Select(row => row.Select(n => (double)n).ToArray())];
        IReadOnlyList<int> front = ParetoFront.Of(figures);
        for (int a = 0; a < 10; a++)
        {
            bool dominated = false;
            for (int b = 0; b < 10; b++)
            {
                bool noWorse = true, better = false;
                foreach (double[] f in figures)
                {
                    noWorse &= f[b] <= f[a];
                    better |= f[b] < f[a];
                }
                dominated |= noWorse && better;
            }
            if (front.Contains(a) == dominated)
            {
                return false;
            }
        }
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Time_cost_and_carbon_count_alike_where_nothing_is_said()
    {
        Criterion.Of(null).Select(c => (c.Name, c.Weight)).ShouldBe([("time", 1.0), ("cost", 1.0), ("carbon", 1.0)]);
        Criterion.Of(new Objective()).Count.ShouldBe(3);
        Criterion.Of(new Objective { Carbon = 2, Privacy = 3 }).Select(c => (c.Name, c.Weight)).ShouldBe([("privacy", 3.0), ("carbon", 2.0)]);
    }

    [Fact]
    public void Privacy_and_accuracy_are_weighed_as_stated()
    {
        Criterion.Privacy.Weighable((double)RawDataMovement.None).ShouldBe(1);
        Criterion.Privacy.Weighable((double)RawDataMovement.All).ShouldBe(4);
        // A model of half the parameters has 2^0.0953 times the loss by the data-parallel law.
        Criterion.Accuracy.Weighable(Math.Pow(2, 0.0953)).ShouldBe(2, 1e-12);
        Criterion.Accuracy.Weighable(double.NaN).ShouldBe(1);
    }

    [Theory]
    [InlineData(0.42, "$0.42")]
    [InlineData(12345, "$12,300")]
    [InlineData(999_900, "$1 million")]
    [InlineData(1.234e6, "$1.23 million")]
    [InlineData(2.5e9, "$2.5 billion")]
    public void Dollars_have_three_digits(double dollars, string text) => Criterion.Cost.Print(dollars).ShouldBe(text);

    [Fact]
    public void Two_arms_that_differ_by_rounding_are_both_on_the_front() =>
        ParetoFront.Of([[40.0, 40.0 - 7e-15, 80.0]]).ShouldBe([0, 1]);

    [Theory]
    [InlineData(80, 100, "20 % less than")]
    [InlineData(100, 100.2, "as much as")]
    [InlineData(150, 100, "50 % more than")]
    [InlineData(320, 100, "3.2 times as much as")]
    [InlineData(0.3, 100, "0.3 % of that of")]
    [InlineData(1, 0, "more than")]
    public void Figures_are_compared_in_plain_words(double figure, double other, string words) => Sentence.Compare(figure, other).ShouldBe(words);

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(0.001, "less than 1 %")]
    [InlineData(0.874, "87 %")]
    [InlineData(0.9999, "more than 99 %")]
    [InlineData(1, "100 %")]
    public void Shares_are_neither_none_nor_all_unless_they_are(double share, string words) => Sentence.Share(share).ShouldBe(words);
}
