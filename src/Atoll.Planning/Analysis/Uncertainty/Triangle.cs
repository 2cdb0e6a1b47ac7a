namespace Atoll.Planning.Analysis.Uncertainty;

/// <summary>
/// What is known of a figure of which no more is said than a value and a range: it lies as likely below the value as above it, and on either side the less
/// likely the farther from it, down to nothing at the end of the range (two triangles that meet at the value).
/// </summary>
/// <remarks>
/// The value is the median, so that a range that reaches far to one side does not draw the whole distribution off what the plan says. A value at an end of its
/// range is taken in half of the draws. Two-sided triangles: Kotz and van Dorp, "Beyond Beta", World Scientific 2004. <see href="https://doi.org/10.1142/5720"/>
/// </remarks>
internal static class Triangle
{
    /// <summary>The inverse of the distribution function: low + (value − low) √(2u) below the value, high − (high − value) √(2(1 − u)) above it.</summary>
    /// <param name="u">In [0, 1].</param>
    public static double Quantile(double u, double low, double value, double high)
    {
        double x = u < 0.5
            ? low + (value - low) * Math.Sqrt(2 * u)
            : high - (high - value) * Math.Sqrt(2 * (1 - u));
        return Math.Clamp(x, low, high); // rounding alone could leave the range, and with it what is legal
    }
}
