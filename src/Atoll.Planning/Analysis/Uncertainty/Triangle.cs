namespace Atoll.Planning.Analysis.Uncertainty;

/// <summary>The triangular distribution from the low to the high end of a range with its mode at the given value: what is known of a figure of which no more is said than these three.</summary>
/// <remarks>Kotz and van Dorp, "Beyond Beta", World Scientific 2004, chapter 1. <see href="https://doi.org/10.1142/5720"/></remarks>
internal static class Triangle
{
    /// <summary>The inverse of the distribution function: low + √(u(h−l)(m−l)) below the mode, high − √((1−u)(h−l)(h−m)) above it.</summary>
    /// <param name="u">In [0, 1].</param>
    public static double Quantile(double u, double low, double mode, double high)
    {
        double width = high - low;
        double x = u * width < mode - low
            ? low + Math.Sqrt(u * width * (mode - low))
            : high - Math.Sqrt((1 - u) * width * (high - mode));
        return Math.Clamp(x, low, high); // rounding alone could leave the range, and with it what is legal
    }
}
