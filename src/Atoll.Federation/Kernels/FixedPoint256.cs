using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Atoll.Federation.Kernels;

/// <summary><see cref="FixedPoint"/> with vectors of 256 bits, which have no conversion from double to a 64-bit integer.</summary>
/// <remarks>
/// Adding 1.5 · 2⁵² to a double below 2⁵¹ leaves its nearest integer, ties to even, in the low bits. Greater ones are made of two such:
/// <c>x = 2³²·h + l</c>, with <c>h</c> the integer nearest to <c>x·2⁻³²</c>; <c>l = x − 2³²·h</c> is exact, and as <c>2³²·h</c> is even,
/// rounding <c>l</c> to nearest even rounds <c>x</c> so. A block's greatest value, found first, says which it takes.
/// </remarks>
internal static unsafe class FixedPoint256
{
    private const double Shifter = 6755399441055744.0; // 1.5 · 2⁵²
    private const double Short = 2251799813685248.0; // 2⁵¹
    private const double Long = 9223372036854775808.0; // 2⁶³
    private const int Block = 2048, Lanes = 8; // floats

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // as fast on the first call as on any
    public static uint Add(ReadOnlySpan<float> v, ref readonly float next, double scale, Span<long> sums)
    {
        ref float ahead = ref Unsafe.AsRef(in next);
        Vector256<double> c = Vector256.Create(scale);
        uint greatest = 0;
        int whole = v.Length - v.Length % Lanes;
        for (int at = 0; at < whole; at += Block)
        {
            int length = Math.Min(Block, whole - at);
            ref float x = ref MemoryMarshal.GetReference(v[at..]);
            ref long s = ref MemoryMarshal.GetReference(sums[at..]);

            uint most = Greatest(ref x, ref Unsafe.Add(ref ahead, at), length);
            greatest = Math.Max(greatest, most);
            if (BitConverter.UInt32BitsToSingle(most) * Math.Abs(scale) < Short)
            {
                AddShort(ref x, ref s, length, c);
            }
            else
            {
                AddLong(ref x, ref s, length, c);
            }
        }
        return Math.Max(greatest, FixedPoint.AddScalar(v[whole..], scale, sums[whole..]));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Greatest(ref float x, ref float ahead, int length)
    {
        Vector256<uint> greatest = default;
        for (int i = 0; i < length; i += Lanes)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref ahead, i)));
            }
            greatest = Vector256.Max(greatest, Vector256.LoadUnsafe(ref x, (nuint)i).AsUInt32() & Vector256.Create(0x7FFF_FFFFu));
        }
        uint most = 0;
        for (int lane = 0; lane < Lanes; lane++)
        {
            most = Math.Max(most, greatest[lane]);
        }
        return most;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddShort(ref float x, ref long s, int length, Vector256<double> scale)
    {
        for (int i = 0; i < length; i += Lanes)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.LoadUnsafe(ref x, (nuint)i));
            (Vector256.LoadUnsafe(ref s, (nuint)i) + RoundShort(low * scale)).StoreUnsafe(ref s, (nuint)i);
            (Vector256.LoadUnsafe(ref s, (nuint)i + 4) + RoundShort(high * scale)).StoreUnsafe(ref s, (nuint)i + 4);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddLong(ref float x, ref long s, int length, Vector256<double> scale)
    {
        for (int i = 0; i < length; i += Lanes)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.LoadUnsafe(ref x, (nuint)i));
            (Vector256.LoadUnsafe(ref s, (nuint)i) + RoundLong(low * scale)).StoreUnsafe(ref s, (nuint)i);
            (Vector256.LoadUnsafe(ref s, (nuint)i + 4) + RoundLong(high * scale)).StoreUnsafe(ref s, (nuint)i + 4);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> RoundShort(Vector256<double> x)
    {
        Vector256<double> shifter = Vector256.Create(Shifter);
        return (x + shifter).AsInt64() - shifter.AsInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> RoundLong(Vector256<double> x)
    {
        Vector256<double> shifter = Vector256.Create(Shifter), two32 = Vector256.Create(4294967296.0);
        Vector256<double> h = x * Vector256.Create(1.0 / 4294967296.0) + shifter;
        Vector256<long> q = ((h.AsInt64() - shifter.AsInt64()) << 32) + RoundShort(x - (h - shifter) * two32);

        Vector256<double> inRange = Vector256.LessThan(Vector256.Abs(x), Vector256.Create(Long));
        return Vector256.ConditionalSelect(inRange.AsInt64(), q, Vector256.Create(long.MinValue));
    }
}
