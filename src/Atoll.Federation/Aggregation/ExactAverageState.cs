namespace Atoll.Federation.Aggregation;

/// <summary>Everything an <see cref="ExactAverage"/> remembers.</summary>
/// <param name="sums"><c>Σₖ round(nₖ · vₖ · 2³²)</c>, a number a parameter.</param>
/// <param name="bound"><c>Σₖ round(nₖ · max|vₖ| · 2³²)</c>: no sum can be greater.</param>
public sealed class ExactAverageState(long[] sums, long bound, long totalWeight, long count)
{
    public long[] Sums { get; } = sums;

    public long Bound { get; } = bound;

    public long TotalWeight { get; } = totalWeight;

    public long Count { get; } = count;
}
