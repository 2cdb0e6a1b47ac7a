using Atoll.Federation.Selection;

namespace Atoll.Federation.Tests.Selection;

public sealed class SelectionTests
{
    private static readonly int[] Rows = [10, 20, 30, 40];

    [Fact]
    public void All_means_every_site() => new AllSites().Select(Rows, new Random(1)).ShouldBe([0, 1, 2, 3]);

    [Theory]
    [InlineData(100, 0.1, 10)]
    [InlineData(100, 0.29, 29)] // 0.29 · 100 is 28.999999999999996 in binary
    [InlineData(4, 0.1, 1)] // max(C·K, 1)
    [InlineData(4, 1.0, 4)]
    public void A_fraction_is_McMahans_m(int sites, double fraction, int expected) =>
        new UniformSelection { Fraction = fraction }.Select(new int[sites], new Random(1)).Length.ShouldBe(expected);

    [Fact]
    public void Chosen_sites_ascend_without_repetition()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            foreach (ISelection selection in new ISelection[] { new UniformSelection { Count = 3 }, new WeightedSelection { Count = 3 } })
            {
                int[] chosen = selection.Select(Rows, new Random(seed));
                chosen.ShouldBe(chosen.Distinct().Order());
                chosen.Length.ShouldBe(3);
            }
        }
    }

    [Fact]
    public void Every_pair_of_sites_is_equally_likely_in_a_uniform_choice()
    {
        int[] counts = new int[16];
        Random random = new(5);
        for (int i = 0; i < 60_000; i++)
        {
            int[] pair = new UniformSelection { Count = 2 }.Select(Rows, random);
            counts[pair[0] * 4 + pair[1]]++;
        }

        int[] pairs = [.. counts.Where(c => c > 0)];
        pairs.Length.ShouldBe(6);
        pairs.ShouldAllBe(c => Math.Abs(c - 10_000) < 4 * 92); // σ = √(60000 · 1/6 · 5/6) ≈ 91.3
    }

    [Fact]
    public void A_weighted_choice_of_two_has_the_probabilities_of_drawing_one_after_the_other()
    {
        // P(site in) = pᵢ + Σⱼ≠ᵢ pⱼ pᵢ/(1 − pⱼ)
        double[] p = [0.1, 0.2, 0.3, 0.4];
        int[] counts = new int[4];
        Random random = new(6);
        for (int i = 0; i < 100_000; i++)
        {
            foreach (int site in new WeightedSelection { Count = 2 }.Select(Rows, random))
            {
                counts[site]++;
            }
        }

        for (int i = 0; i < 4; i++)
        {
            double expected = p[i] + Enumerable.Range(0, 4).Where(j => j != i).Sum(j => p[j] * p[i] / (1 - p[j]));
            (counts[i] / 100_000.0).ShouldBe(expected, 0.007); // over 4σ
        }
    }

    [Fact]
    public void Sites_without_rows_are_never_drawn_by_weight() =>
        new WeightedSelection { Count = 3 }.Select([0, 5, 0, 1, 1, 0], new Random(1)).ShouldBe([1, 3, 4]);

    [Fact]
    public void The_same_seed_chooses_the_same_sites()
    {
        int[] rows = [.. Enumerable.Range(1, 1000)];
        new WeightedSelection { Fraction = 0.1 }.Select(rows, new Random(9)).ShouldBe(new WeightedSelection { Fraction = 0.1 }.Select(rows, new Random(9)));
        new UniformSelection { Fraction = 0.1 }.Select(rows, new Random(9)).ShouldBe(new UniformSelection { Fraction = 0.1 }.Select(rows, new Random(9)));
    }

    [Fact]
    public void What_cannot_be_chosen_is_refused()
    {
        Refusal(new UniformSelection { Count = 5 }).ShouldBe("A uniform selection of 5 sites needs at least as many sites to choose from, but there are 4.");
        Refusal(new UniformSelection()).ShouldBe("A uniform selection needs either a fraction or a count, but got neither.");
        Refusal(new WeightedSelection { Fraction = 0.5, Count = 2 }).ShouldBe("A weighted selection needs either a fraction or a count, but got both.");
        Should.Throw<InvalidOperationException>(() => new WeightedSelection { Count = 2 }.Select([0, 3], new Random(1))).Message
            .ShouldBe("A weighted selection of 2 sites needs as many sites with rows, but there are 1.");
        Should.Throw<ArgumentOutOfRangeException>(() => new UniformSelection { Fraction = 1.5 });
        Should.Throw<ArgumentOutOfRangeException>(() => new UniformSelection { Count = 0 });
    }

    private static string Refusal(ISelection selection) => Should.Throw<InvalidOperationException>(() => selection.Select(Rows, new Random(1))).Message;
}
