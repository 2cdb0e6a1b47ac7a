namespace Atoll.Footprint.Grids.Shifting;

/// <summary>Grams of CO₂ equivalent over all starts.</summary>
/// <param name="Saving">Share of the mean that is saved against starting at once; null where starting at once is meant, or costs nothing.</param>
public sealed record ShiftStatistics(double Mean, double Median, double P05, double P95, double Min, double Max, double? Saving)
{
    /// <param name="now">What starting at once comes to; null where <paramref name="grams"/> are that.</param>
    internal static ShiftStatistics Of(IEnumerable<double> grams, ShiftStatistics? now)
    {
        double[] sorted = [.. grams.Order()];
        double mean = sorted.Average();
        return new(mean, Quantile(sorted, 0.5), Quantile(sorted, 0.05), Quantile(sorted, 0.95), sorted[0], sorted[^1], now is { Mean: > 0 } ? 1 - mean / now.Mean : null);
    }

    /// <summary>Between the neighbours in proportion (Hyndman and Fan's type 7, what NumPy and R do unasked).</summary>
    private static double Quantile(double[] sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return sorted[below] + (at - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
    }
}
