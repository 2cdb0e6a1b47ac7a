using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Atoll.Federation.Kernels;

namespace Atoll.Federation.Aggregation;

/// <summary>
/// The weighted mean <c>Σₖ nₖ vₖ / Σₖ nₖ</c>, summed in fixed point: <c>Σₖ round(nₖ · vₖ · 2³²)</c> in 64-bit integers.
/// Integers add exactly, so the mean's bits do not depend on the order or grouping of the updates.
/// </summary>
/// <remarks>
/// <para>Resolution: each <c>nₖ·vₖ</c> is rounded to a multiple of 2⁻³² (ties to even). Range: <c>Σ nₖ·max|vₖ|</c> stays below 2³¹;
/// an update that would leave it, or that is not finite, is refused and leaves everything as it was.
/// Weights are from 1 to 2²⁹ − 1, so that <c>nₖ·vₖ</c> is exact in a double.</para>
/// <para>Memory: one integer a parameter, however many updates. Not safe for several threads at once: give each its own and <see cref="Merge"/>.</para>
/// </remarks>
public sealed class ExactAverage
{
    /// <summary>The greatest weight of one update.</summary>
    public const long MaximumWeight = (1L << 29) - 1;

    private const double One = 4294967296.0; // 2³²
    private const long MaximumTotalWeight = 1L << 53; // integers up to here are exact in a double
    private const int Block = 8192;

    private readonly long[] _sums;
    private long _bound;
    private float[] _quotients = [];

    public ExactAverage(int dimension) => _sums = new long[Require.AtLeast(0, dimension, nameof(dimension))];

    public int Dimension => _sums.Length;

    /// <summary><c>Σₖ nₖ</c>.</summary>
    public long TotalWeight { get; private set; }

    /// <summary>Updates averaged so far.</summary>
    public long Count { get; private set; }

    /// <summary>Adds one update, divided (in float) by a normalizer.</summary>
    /// <exception cref="UpdateRefusedException">Not finite, or out of range.</exception>
    public void Add(ReadOnlySpan<float> update, long weight, float normalizer = 1)
    {
        Check(update.Length, weight, normalizer);
        long total = Total(TotalWeight, weight);
        uint greatest = Pass(update, weight, normalizer);
        if (Refusal(greatest, weight, _bound, out long bound) is { } why)
        {
            Pass(update, -weight, normalizer);
            throw new UpdateRefusedException(why, 0);
        }
        Keep(bound, total, 1);
    }

    /// <summary>
    /// Adds many updates, block by block, so that the sums' block stays in the cache while every update's goes by. All or none is added.
    /// </summary>
    /// <exception cref="UpdateRefusedException">The first that is not finite or brings the sum out of range.</exception>
    public void Add(ReadOnlySpan<WeightedUpdate> updates)
    {
        long total = TotalWeight;
        foreach (ref readonly WeightedUpdate update in updates)
        {
            Check(update.Vector.Length, update.Weight, update.Normalizer);
            total = Total(total, update.Weight);
        }

        Span<uint> greatest = new uint[updates.Length];
        PassMany(updates, sign: 1, greatest);

        long bound = _bound;
        for (int k = 0; k < updates.Length; k++)
        {
            if (Refusal(greatest[k], updates[k].Weight, bound, out bound) is { } why)
            {
                PassMany(updates, sign: -1, greatest);
                throw new UpdateRefusedException(why, k);
            }
        }
        Keep(bound, total, updates.Length);
    }

    /// <summary>Takes back one update that was added, with the same weight and normalizer.</summary>
    /// <remarks>
    /// What can be known of this is checked: the update is finite, and what it leaves is what the other updates could have left. Anything else is refused and
    /// changes nothing. Which updates were added is not remembered, so another update that would fit as well is not noticed.
    /// </remarks>
    /// <exception cref="InvalidOperationException">It cannot have been added.</exception>
    public void Subtract(ReadOnlySpan<float> update, long weight, float normalizer = 1)
    {
        Check(update.Length, weight, normalizer);
        long others = Count - 1, total = TotalWeight - weight;
        Require.That(others >= 0 && total >= others && total <= others * (double)MaximumWeight,
            $"An update to take back must have been added with its weight, but the weight is {weight} of {TotalWeight} from {Count} updates.");
        uint greatest = Pass(update, -weight, normalizer);
        if (Refusal(greatest, weight, before: 0, out long share) is null && share <= _bound && (others > 0 || share == _bound) && AllWithin(_bound - share))
        {
            Keep(_bound - share, total, -1);
            return;
        }
        Pass(update, weight, normalizer);
        throw new InvalidOperationException($"An update to take back must be one that was added with weight {weight} and normalizer {normalizer}, but no such update can have been.");
    }

    /// <summary>Adds all that another has averaged.</summary>
    public void Merge(ExactAverage other)
    {
        Require.That(other.Dimension == Dimension, $"Averages to merge must have the same dimension: {Dimension}, but got {other.Dimension}.");
        if (other._bound > long.MaxValue - _bound)
        {
            throw new UpdateRefusedException(OutOfRange(other._bound / One, _bound), 0);
        }
        long total = Total(TotalWeight, other.TotalWeight);
        TensorPrimitives.Add(_sums, other._sums, _sums);
        Keep(_bound + other._bound, total, other.Count);
    }

    /// <summary>Writes <c>factor · Σₖ nₖ vₖ / Σₖ nₖ</c>.</summary>
    public void Mean(Span<float> mean, double factor = 1)
    {
        Require.That(TotalWeight > 0, $"A mean needs at least 1 update, but got 0.");
        Require.That(mean.Length == Dimension, $"The mean's length must be {Dimension} (was {mean.Length}).");
        FixedPoint.Mean(_sums, TotalWeight * One, factor, mean);
    }

    /// <summary>Forgets all updates.</summary>
    public void Reset()
    {
        Array.Clear(_sums);
        (_bound, TotalWeight, Count) = (0, 0, 0);
    }

    /// <summary>A copy of everything remembered.</summary>
    public ExactAverageState Save() => new([.. _sums], _bound, TotalWeight, Count);

    /// <summary>Takes up where <see cref="Save"/> left off.</summary>
    public void Restore(ExactAverageState state)
    {
        Require.That(state.Sums.Length == Dimension, $"The saved average's dimension must be {Dimension} (was {state.Sums.Length}).");
        state.Sums.CopyTo(_sums, 0);
        (_bound, TotalWeight, Count) = (state.Bound, state.TotalWeight, state.Count);
    }

    private bool AllWithin(long bound)
    {
        foreach (long sum in _sums)
        {
            if (sum > bound || sum < -bound)
            {
                return false;
            }
        }
        return true;
    }

    private void Check(int length, long weight, float normalizer)
    {
        Require.That(length == Dimension, $"An update's length must be the average's dimension, {Dimension} (was {length}).");
        Require.Within(1, MaximumWeight, weight, nameof(weight));
        Require.MoreThan(0f, normalizer, nameof(normalizer));
    }

    private static long Total(long before, long more)
    {
        Require.That(more < MaximumTotalWeight - before, $"The sum of all weights must be below 2^53 (was {before} + {more}).");
        return before + more;
    }

    private void Keep(long bound, long total, long updates) => (_bound, TotalWeight, Count) = (bound, total, Count + updates);

    private uint Pass(ReadOnlySpan<float> update, long weight, float normalizer)
    {
        if (normalizer == 1)
        {
            return FixedPoint.Add(update, in MemoryMarshal.GetReference(update), weight * One, _sums);
        }

        uint greatest = 0;
        for (int at = 0; at < update.Length; at += Block)
        {
            int length = Math.Min(Block, update.Length - at);
            ReadOnlySpan<float> block = Quotient(update.Slice(at, length), normalizer, 0);
            greatest = Math.Max(greatest, FixedPoint.Add(block, in MemoryMarshal.GetReference(block), weight * One, _sums.AsSpan(at, length)));
        }
        return greatest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PassMany(ReadOnlySpan<WeightedUpdate> updates, int sign, Span<uint> greatest)
    {
        greatest.Clear();
        Span<uint> most = stackalloc uint[4];
        Span<double> scales = stackalloc double[4];
        for (int at = 0; at < Dimension; at += Block)
        {
            Span<long> sums = _sums.AsSpan(at, Math.Min(Block, Dimension - at));
            int k = 0;
            for (; k <= updates.Length - 4; k += 4)
            {
                Four four = new(in First(updates, k, at, sums.Length, 0), in First(updates, k + 1, at, sums.Length, 1),
                    in First(updates, k + 2, at, sums.Length, 2), in First(updates, k + 3, at, sums.Length, 3));
                Four next = new(in Next(updates, k + 4, at), in Next(updates, k + 5, at), in Next(updates, k + 6, at), in Next(updates, k + 7, at));
                for (int j = 0; j < 4; j++)
                {
                    scales[j] = sign * updates[k + j].Weight * One;
                }
                FixedPoint.Add4(four, next, scales, sums, most);
                for (int j = 0; j < 4; j++)
                {
                    greatest[k + j] = Math.Max(greatest[k + j], most[j]);
                }
            }
            for (; k < updates.Length; k++)
            {
                ReadOnlySpan<float> block = MemoryMarshal.CreateReadOnlySpan(in First(updates, k, at, sums.Length, 0), sums.Length);
                greatest[k] = Math.Max(greatest[k], FixedPoint.Add(block, in Next(updates, k + 1, at), sign * updates[k].Weight * One, sums));
            }
        }
    }

    /// <summary>The first element of an update's block, divided where it must be.</summary>
    private ref readonly float First(ReadOnlySpan<WeightedUpdate> updates, int k, int at, int length, int lane)
    {
        ReadOnlySpan<float> block = updates[k].Vector.Span.Slice(at, length);
        return ref MemoryMarshal.GetReference(updates[k].Normalizer == 1 ? block : Quotient(block, updates[k].Normalizer, lane));
    }

    /// <summary>What is read after this: the same block of a later update, or the next block of an early one.</summary>
    private static ref readonly float Next(ReadOnlySpan<WeightedUpdate> updates, int k, int at)
    {
        if (k >= updates.Length)
        {
            (k, at) = ((k - updates.Length) % updates.Length, at + Block);
        }
        ReadOnlySpan<float> v = updates[k].Vector.Span;
        return ref MemoryMarshal.GetReference(v[Math.Min(at, v.Length)..]);
    }

    private Span<float> Quotient(ReadOnlySpan<float> block, float normalizer, int lane)
    {
        if (_quotients.Length == 0)
        {
            _quotients = new float[4 * Block];
        }
        Span<float> quotient = _quotients.AsSpan(lane * Block, block.Length);
        Elementwise.Divide(block, normalizer, quotient);
        return quotient;
    }

    /// <summary>Why an update cannot be added; null, and the new bound on every |sum|, when it can.</summary>
    private static string? Refusal(uint greatest, long weight, long before, out long bound)
    {
        bound = before;
        float max = BitConverter.UInt32BitsToSingle(greatest);
        if (!float.IsFinite(max))
        {
            return $"Every value of an update must be finite, but one is {(float.IsNaN(max) ? "NaN" : "infinite")}.";
        }
        long q = FixedPoint.Round(max * (weight * One));
        if (q < 0 || q > long.MaxValue - before)
        {
            return OutOfRange((double)max * weight, before);
        }
        bound = before + q;
        return null;
    }

    private static string OutOfRange(double more, long before) => string.Create(CultureInfo.InvariantCulture,
        $"The sum of weight times greatest absolute value must stay below 2^31 = 2147483648 for averaging to be exact, but would be {before / One + more:G9} ({more:G9} from this update).");
}
