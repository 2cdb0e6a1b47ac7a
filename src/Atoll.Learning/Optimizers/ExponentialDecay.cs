namespace Atoll.Learning.Optimizers;

/// <summary>Times <see cref="Gamma"/> after every round.</summary>
public sealed record ExponentialDecay : ISchedule
{
    /// <summary>The factor of a reduction, in [0, 1].</summary>
    public required double Gamma { get; init => field = Require.Within(0.0, 1.0, value); }

    public double Factor(int round, int rounds) => Power(Gamma, round);

    /// <summary>By squaring: the platform's power function differs between machines.</summary>
    internal static double Power(double x, long n)
    {
        double result = 1;
        for (; n > 0; n >>= 1)
        {
            if ((n & 1) == 1)
            {
                result *= x;
            }
            x *= x;
        }
        return result;
    }
}
