using Atoll.Learning.Randomness;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Atoll.Learning.Tests.Randomness;

/// <summary>Held against the distribution functions of MathNet.Numerics.</summary>
public sealed class DistributionsTests
{
    private const int Draws = 100_000;

    // The Kolmogorov–Smirnov statistic times √n exceeds this once in ten thousand.
    private const double KolmogorovSmirnov = 2.23;

    [Fact]
    public void Normal_draws_follow_the_normal_distribution()
    {
        Philox random = new(1, Purpose.FeatureNoise);

        Distance([.. Enumerable.Range(0, Draws).Select(_ => random.NextNormal())], new Normal().CumulativeDistribution).ShouldBeLessThan(KolmogorovSmirnov);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2.5)]
    [InlineData(100)]
    public void Gamma_draws_follow_the_gamma_distribution(double shape)
    {
        Philox random = new(2, Purpose.Partition);
        double[] draws = [.. Enumerable.Range(0, Draws).Select(_ => random.NextGamma(shape))];

        // MathNet takes the smallest values for 0; there the first term of the series, xᵃ / Γ(a + 1), is exact.
        Distance(draws, x => x < 1e-12 ? Math.Pow(x, shape) / SpecialFunctions.Gamma(shape + 1) : new Gamma(shape, 1).CumulativeDistribution(x)).ShouldBeLessThan(KolmogorovSmirnov);
        // Mean and variance are both the shape; five standard errors.
        draws.Mean().ShouldBe(shape, 5 * Math.Sqrt(shape / Draws));
        draws.Variance().ShouldBe(shape, 5 * Math.Sqrt(((2 * shape * shape) + (6 * shape)) / Draws));
    }

    [Theory]
    [InlineData(0.1, 5)]
    [InlineData(0.5, 10)]
    [InlineData(3, 4)]
    public void A_dirichlet_share_follows_the_beta_distribution(double alpha, int sites)
    {
        Philox random = new(3, Purpose.Partition);
        double[] shares = new double[sites];
        double[] last = new double[Draws / 10];
        for (int i = 0; i < last.Length; i++)
        {
            random.NextDirichlet(alpha, shares);
            shares.Sum().ShouldBe(1, 1e-12);
            last[i] = shares[^1];
        }

        Distance(last, new Beta(alpha, alpha * (sites - 1)).CumulativeDistribution).ShouldBeLessThan(KolmogorovSmirnov);
    }

    [Fact]
    public void Shares_stay_finite_where_every_gamma_draw_underflows()
    {
        Philox random = new(4, Purpose.Partition);
        double[] shares = new double[3];
        for (int i = 0; i < 1000; i++)
        {
            random.NextDirichlet(1e-6, shares);

            shares.Sum().ShouldBe(1, 1e-12);
        }
    }

    [Fact]
    public void The_draws_of_a_seed_never_change()
    {
        Philox random = new(42, Purpose.Partition);

        // Recorded when this was written: a change is a change of the numeric contract.
        string bits = string.Join(' ', new[] { random.NextNormal(), random.NextGamma(0.5), random.NextGamma(7) }.Select(value => BitConverter.DoubleToInt64Bits(value).ToString("x16")));

        bits.ShouldBe("3ff0082a7f035ef8 3ff2aa9fa18a39e8 40172b17930354ce");
    }

    private static double Distance(double[] draws, Func<double, double> distribution)
    {
        Array.Sort(draws);
        double largest = 0;
        for (int i = 0; i < draws.Length; i++)
        {
            double expected = distribution(draws[i]);
            largest = Math.Max(largest, Math.Max(expected - ((double)i / draws.Length), ((double)(i + 1) / draws.Length) - expected));
        }
        return largest * Math.Sqrt(draws.Length);
    }
}
