using MathNet.Numerics;

namespace Atoll.Planning.Timing;

/// <summary>The normal distribution of mean 0 and deviation 1.</summary>
internal static class Gaussian
{
    private const double RootOfTwoPi = 2.5066282746310002;

    /// <summary>Φ: the share below, to 15 digits in the body and 7 in its lower tail's relative error.</summary>
    public static double Below(double z) => Below(z, out _);

    /// <summary>Φ, and e^(−z²/2) beside it.</summary>
    /// <remarks>Hart 1968, algorithm 5666, as in West 2005, "Better approximations to cumulative normal functions": several times as fast as the error function.</remarks>
    public static double Below(double z, out double bell)
    {
        double a = Math.Abs(z);
        bell = Math.Exp(-0.5 * a * a);
        double tail;
        if (a < 7.07106781186547)
        {
            double top = (((((0.0352624965998911 * a + 0.700383064443688) * a + 6.37396220353165) * a + 33.912866078383) * a + 112.079291497871) * a + 221.213596169931) * a + 220.206867912376;
            double bottom = ((((((0.0883883476483184 * a + 1.75566716318264) * a + 16.064177579207) * a + 86.7807322029461) * a + 296.564248779674) * a + 637.333633378831) * a + 793.826512519948) * a
                + 440.413735824752;
            tail = bell * top / bottom;
        }
        else
        {
            tail = bell / (a + 1 / (a + 2 / (a + 3 / (a + 4 / (a + 0.65))))) / RootOfTwoPi;
        }
        return z > 0 ? 1 - tail : tail;
    }

    /// <summary>φ: the density.</summary>
    public static double Density(double z) => Math.Exp(-0.5 * z * z) / RootOfTwoPi;

    /// <summary>Φ⁻¹.</summary>
    public static double Quantile(double share) => -Constants.Sqrt2 * SpecialFunctions.ErfcInv(2 * share);
}
