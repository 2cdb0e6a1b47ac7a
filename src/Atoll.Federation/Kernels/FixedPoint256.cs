using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Atoll.Federation.Kernels;

/// <summary><see cref="FixedPoint"/> with vectors of 256 bits, which have no conversion from double to a 64-bit integer.</summary>
/// <remarks>
/// The conversion is made of two that need none. Adding 1.5 · 2⁵² to a double below 2⁵¹ leaves its nearest integer in the low bits. So
/// <c>x = 2³²·h + l</c>, with <c>h</c> the integer nearest to <c>x·2⁻³²</c>; <c>l = x − 2³²·h</c> is exact, and as <c>2³²·h</c> is even,
/// rounding <c>l</c> to nearest even rounds <c>x</c> so.
/// </remarks>
internal static unsafe class FixedPoint256
{
    private const double Shifter = 6755399441055744.0; // 1.5 · 2⁵²

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // as fast on the first call as on any
    public static uint Add(ReadOnlySpan<float> v, ref readonly float next, double scale, Span<long> sums)
    {
        ref float x = ref MemoryMarshal.GetReference(v);
        ref long s = ref MemoryMarshal.GetReference(sums);
        ref float ahead = ref Unsafe.AsRef(in next);
        Vector256<double> c = Vector256.Create(scale);
        Vector256<uint> greatest = default;

        int i = 0;
        for (; i <= v.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref ahead, i)));
            }
            Vector256<float> f = Vector256.LoadUnsafe(ref x, (nuint)i);
            greatest = Vector256.Max(greatest, f.AsUInt32() & Vector256.Create(0x7FFF_FFFFu));
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(f);
            (Vector256.LoadUnsafe(ref s, (nuint)i) + Round(low * c)).StoreUnsafe(ref s, (nuint)i);
            (Vector256.LoadUnsafe(ref s, (nuint)i + 4) + Round(high * c)).StoreUnsafe(ref s, (nuint)i + 4);
        }

        uint most = FixedPoint.AddScalar(v[i..], scale, sums[i..]);
        for (int lane = 0; lane < Vector256<uint>.Count; lane++)
        {
            most = Math.Max(most, greatest[lane]);
        }
        return most;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Round(Vector256<double> x)
    {
        Vector256<double> shifter = Vector256.Create(Shifter);
        Vector256<double> h = x * Vector256.Create(1.0 / 4294967296.0) + shifter;
        Vector256<double> l = x - (h - shifter) * Vector256.Create(4294967296.0) + shifter;
        Vector256<long> q = ((h.AsInt64() - shifter.AsInt64()) << 32) + (l.AsInt64() - shifter.AsInt64());

        Vector256<double> inRange = Vector256.LessThan(Vector256.Abs(x), Vector256.Create(9223372036854775808.0));
        return Vector256.ConditionalSelect(inRange.AsInt64(), q, Vector256.Create(long.MinValue));
    }
}
