namespace Atoll.Planning.Analysis.Uncertainty;

/// <summary>Quantiles of drawn numbers.</summary>
internal static class Sample
{
    /// <summary>By linear interpolation between order statistics (Hyndman and Fan 1996, type 7, <see href="https://doi.org/10.2307/2684934"/>).</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 >= sorted.Length || sorted[below].Equals(sorted[below + 1]) ? sorted[below] : sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]));
    }
}
