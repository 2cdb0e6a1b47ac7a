using Atoll.Federation.Aggregation;

namespace Atoll.Coordinator.Models;

/// <summary>
/// Some of a round's updates, averaged so far: everything that <see cref="IAggregation"/>'s formula sums. Partial aggregates merge to the same bits whatever
/// the order and grouping, so every worker thread, or every relay of a hierarchy, can have one.
/// </summary>
/// <remarks>For one thread at a time. Memory: one 64-bit integer a parameter, two where control is exchanged.</remarks>
public sealed class PartialAggregate
{
    private const double MinimumNormalizer = 1.0 / 65536; // far above the resolution of exact averaging

    private readonly ExactAverage _updates;
    private readonly ExactAverage? _controlChanges;
    private readonly ExactScalar _normalizers = new();

    public PartialAggregate(int dimension, bool exchangesControl)
    {
        _updates = new ExactAverage(dimension);
        _controlChanges = exchangesControl ? new ExactAverage(dimension) : null;
    }

    /// <summary>Updates folded in.</summary>
    public long Count => _updates.Count;

    /// <summary>Adds one update. All of it or, when refused, nothing.</summary>
    /// <param name="divisor">What the update counts less by, as where it is stale: divided by in float, and not made up for in the mean.</param>
    /// <exception cref="UpdateRefusedException">Not finite, or out of exact averaging's range.</exception>
    public void Fold(ReadOnlySpan<float> update, ReadOnlySpan<float> controlChange, long weight, double normalizer, float divisor = 1)
    {
        int expected = _controlChanges?.Dimension ?? 0;
        Require.That(controlChange.Length == expected, $"A change of control must have length {expected} (was {controlChange.Length}).");

        Require.Within(MinimumNormalizer, int.MaxValue, normalizer, nameof(normalizer));

        float divideBy = (float)normalizer * divisor;
        _updates.Add(update, weight, divideBy);
        try
        {
            _controlChanges?.Add(controlChange, weight: 1);
        }
        catch (UpdateRefusedException refused)
        {
            _updates.Subtract(update, weight, divideBy);
            throw new UpdateRefusedException($"Change of control: {refused.Message}", 0);
        }
        _normalizers.Add(normalizer, weight);
    }

    /// <summary>Adds all that another has.</summary>
    /// <exception cref="UpdateRefusedException">Together they are out of exact averaging's range; this one is then of no more use.</exception>
    public void Merge(PartialAggregate other)
    {
        _updates.Merge(other._updates);
        if (other._controlChanges is { } changes)
        {
            _controlChanges!.Merge(changes);
        }
        _normalizers.Merge(other._normalizers);
    }

    /// <summary>Writes <c>τ Σₖ pₖ Δₖ/(aₖ dₖ)</c>, <c>dₖ</c> the divisors, and the unweighted mean change of control where there is one.</summary>
    public void Mean(Span<float> update, Span<float> controlChange)
    {
        _updates.Mean(update, factor: _normalizers.Mean());
        _controlChanges?.Mean(controlChange);
    }

    /// <summary>Forgets everything, for the next round.</summary>
    public void Reset()
    {
        _updates.Reset();
        _controlChanges?.Reset();
        _normalizers.Reset();
    }
}
