using Atoll.Planning.Timing;
using MathNet.Numerics.Distributions;

namespace Atoll.Planning.Tests.Timing;

public sealed class RoundTimeTests
{
    /// <summary>Means of normal order statistics: Harter 1961, table 1 (n = 2: 1/√π; n = 3: 3/(2√π)). The mean of e^(σZ) has slope E[Z] at σ = 0.</summary>
    [Theory]
    [InlineData(2, 2, 0.5641896)]
    [InlineData(3, 3, 0.8462844)]
    [InlineData(5, 5, 1.1629645)]
    [InlineData(10, 9, 1.0013570)]
    public void Small_spreads_give_the_tabled_normal_scores(double m, double k, double score)
    {
        const double spread = 1e-4;
        double up = RoundTime.Kth([new(m, 0, 1)], k, m, spread), down = RoundTime.Kth([new(m, 0, 1)], m + 1 - k, m, spread);

        ((up - down) / (2 * spread)).ShouldBe(score, 1e-5);
    }

    [Theory]
    [InlineData(1, 1, 0.5)]
    [InlineData(10, 10, 0.5)]
    [InlineData(130, 100, 0.5)]
    [InlineData(1000, 1000, 0.3)]
    [InlineData(1300, 1000, 1.0)]
    public void The_kth_of_m_agrees_with_draws(int m, int k, double spread)
    {
        double drawn = Simulated(m, k, 4000, r => 2 + 10 * Math.Exp(spread * Normal.Sample(r, 0, 1)), out double error);

        RoundTime.Kth([new(m, 2, 10)], k, m, spread).ShouldBe(drawn, 4 * error);
    }

    [Theory]
    [InlineData(40, 40, 0.4)]
    [InlineData(50, 35, 0.05)]
    [InlineData(50, 35, 0.8)]
    [InlineData(10, 10, 0)]
    public void The_kth_of_several_kinds_agrees_with_draws(int m, int k, double spread)
    {
        double drawn = Simulated(m, k, 6000, r => r.NextDouble() < 0.25 ? 30 + 50 * Math.Exp(spread * Normal.Sample(r, 0, 1)) : 3 + 20 * Math.Exp(spread * Normal.Sample(r, 0, 1)), out double error);

        RoundTime.Kth([new(0.25, 30, 50), new(0.75, 3, 20)], k, m, spread).ShouldBe(drawn, 4 * error + 0.003 * drawn);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 1)]
    [InlineData(0.5, 0.7)]
    public void The_last_of_all_agrees_with_draws(double spread, double availability)
    {
        Random random = new(7);
        double sum = 0, squares = 0;
        const int draws = 20_000;
        for (int i = 0; i < draws; i++)
        {
            double last = 0;
            for (int c = 0; c < 8; c++)
            {
                double time = (c < 2 ? 30 : 3) + (c < 2 ? 50 : 20) * Math.Exp(spread * Normal.Sample(random, 0, 1));
                last = Math.Max(last, random.NextDouble() < availability ? time : 0);
            }
            (sum, squares) = (sum + last, squares + last * last);
        }
        double mean = sum / draws, error = Math.Sqrt((squares / draws - mean * mean) / draws);

        RoundTime.Last([new(2, 30, 50), new(6, 3, 20)], availability, spread).ShouldBe(mean, 4 * error + 1e-9);
    }

    [Fact]
    public void Sites_that_all_take_part_wait_for_the_slowest() => RoundTime.Last([new(1, 5, 10), new(4, 1, 2)], 1, 0).ShouldBe(15);

    [Fact]
    public void The_mean_of_the_fastest_agrees_with_draws()
    {
        Random random = new(3);
        double[] times = [.. Enumerable.Range(0, 400_000).Select(_ => Math.Exp(0.6 * Normal.Sample(random, 0, 1))).Order()];

        RoundTime.MeanOfFastest(0.75, 0.6).ShouldBe(times.Take(300_000).Average(), 0.003);
        RoundTime.MeanOfFastest(1, 0.6).ShouldBe(Math.Exp(0.18), 1e-12);
    }

    private static double Simulated(int m, int k, int rounds, Func<Random, double> client, out double error)
    {
        Random random = new(m + k);
        double sum = 0, squares = 0;
        double[] times = new double[m];
        for (int i = 0; i < rounds; i++)
        {
            for (int c = 0; c < m; c++)
            {
                times[c] = client(random);
            }
            Array.Sort(times);
            (sum, squares) = (sum + times[k - 1], squares + times[k - 1] * times[k - 1]);
        }
        error = Math.Sqrt(Math.Max(1e-18, squares / rounds - sum / rounds * (sum / rounds)) / rounds);
        return sum / rounds;
    }
}
