using MathNet.Numerics;

namespace Atoll.Planning.Timing;

/// <summary>The normal distribution of mean 0 and deviation 1.</summary>
internal static class Gaussian
{
    /// <summary>Φ: the share below.</summary>
    public static double Below(double z) => 0.5 * SpecialFunctions.Erfc(-z / Constants.Sqrt2);

    /// <summary>φ: the density, without its constant factor.</summary>
    public static double Bell(double z) => Math.Exp(-0.5 * z * z);

    /// <summary>Φ⁻¹.</summary>
    public static double Quantile(double share) => -Constants.Sqrt2 * SpecialFunctions.ErfcInv(2 * share);
}
