using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Atoll.Federation.Kernels;

/// <summary>
/// <c>sums ← sums + q(scale · v)</c>, where <c>q</c> rounds a double to the nearest 64-bit integer, ties to even.
/// Returns the greatest <c>|v|</c> as the bits of a float: bits of <c>0x7F800000</c> and above are infinities and NaN.
/// </summary>
/// <remarks>
/// Every path gives the same bits, on every machine: a float times a scale of at most 29 significant bits is exact in a double,
/// and the one rounding is IEEE 754's. Outside the range of an integer (and for NaN) <c>q</c> is −2⁶³, which is its own negation modulo 2⁶⁴:
/// so adding with the negated scale takes back exactly what was added, whatever it was, and one pass over memory can both add and check.
/// </remarks>
internal static class FixedPoint
{
    private const double Limit = 9223372036854775808.0; // 2⁶³

    /// <param name="next">Where the caller will read next: a hint to fetch it meanwhile.</param>
    public static uint Add(ReadOnlySpan<float> v, ref readonly float next, double scale, Span<long> sums) =>
        Avx512DQ.IsSupported ? FixedPoint512.Add(v, in next, scale, sums)
        : Vector256.IsHardwareAccelerated ? FixedPoint256.Add(v, in next, scale, sums)
        : AddScalar(v, scale, sums);

    /// <summary>The same for four vectors at once, so that the sums are read and written once for four.</summary>
    /// <param name="greatest">Receives the greatest |v| of each.</param>
    public static void Add4(in Four v, in Four next, ReadOnlySpan<double> scales, Span<long> sums, Span<uint> greatest)
    {
        if (Avx512DQ.IsSupported)
        {
            FixedPoint512.Add4(v, next, scales, sums, greatest);
            return;
        }
        greatest[0] = Add(v.Span0(sums.Length), in next.V0, scales[0], sums);
        greatest[1] = Add(v.Span1(sums.Length), in next.V1, scales[1], sums);
        greatest[2] = Add(v.Span2(sums.Length), in next.V2, scales[2], sums);
        greatest[3] = Add(v.Span3(sums.Length), in next.V3, scales[3], sums);
    }

    /// <summary><c>mean ← sums / divisor · factor</c>, rounded once at each step, then to float.</summary>
    public static void Mean(ReadOnlySpan<long> sums, double divisor, double factor, Span<float> mean)
    {
        if (Avx512DQ.IsSupported)
        {
            FixedPoint512.Mean(sums, divisor, factor, mean);
        }
        else
        {
            MeanScalar(sums, divisor, factor, mean);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // as fast on the first call as on any
    public static uint AddScalar(ReadOnlySpan<float> v, double scale, Span<long> sums)
    {
        uint greatest = 0;
        for (int i = 0; i < v.Length; i++)
        {
            greatest = Math.Max(greatest, BitConverter.SingleToUInt32Bits(v[i]) & 0x7FFF_FFFF);
            sums[i] = unchecked(sums[i] + Round(v[i] * scale));
        }
        return greatest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // as fast on the first call as on any
    public static void MeanScalar(ReadOnlySpan<long> sums, double divisor, double factor, Span<float> mean)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            mean[i] = (float)(sums[i] / divisor * factor);
        }
    }

    /// <summary>The nearest integer, ties to even; −2⁶³ for what has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Round(double x) => Math.Abs(x) < Limit ? (long)Math.Round(x) : long.MinValue;
}
