namespace Atoll.Learning.Optimizers;

/// <summary>
/// Half a cosine from 1 down to <see cref="Floor"/>, after <see cref="Warmup"/> rounds of linear growth.
/// </summary>
/// <remarks>Loshchilov, Hutter, 2017. <see href="https://arxiv.org/abs/1608.03983"/></remarks>
public sealed record CosineDecay : ISchedule
{
    /// <summary>Rounds over which the rate grows to its full value first.</summary>
    public int Warmup { get; init => field = Require.AtLeast(0, value); }

    /// <summary>The factor at the end, in [0, 1].</summary>
    public double Floor { get; init => field = Require.Within(0.0, 1.0, value); }

    public double Factor(int round, int rounds)
    {
        if (round < Warmup)
        {
            return (round + 1.0) / (Warmup + 1.0);
        }
        double progress = (round - Warmup) / Math.Max(1.0, rounds - Warmup);
        return Floor + (1 - Floor) * (1 + CosPi(progress)) / 2;
    }

    /// <summary>cos(πx) for x in [0, 1] by its Taylor series about ½: elementary operations only, so the same on every machine.</summary>
    private static double CosPi(double x)
    {
        double y = Math.PI * (0.5 - x), term = y, sum = y; // cos(πx) = sin(π(½ − x))
        for (int k = 1; k <= 10; k++)
        {
            term *= -y * y / (2 * k * (2 * k + 1));
            sum += term;
        }
        return sum;
    }
}
