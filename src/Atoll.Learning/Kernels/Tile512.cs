using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Atoll.Learning.Kernels;

/// <summary>
/// A tile of a matrix product in 512-bit registers: up to 12 × 32, 24 accumulators.
/// </summary>
/// <remarks>
/// Every element of C is one chain <c>c ← fma(a[k], b[k], c)</c> over k, ascending. Lanes and rows are independent outputs,
/// so the bits do not depend on the tile's shape. Row and column counts are type arguments: the compiler keeps only the accumulators in use.
/// </remarks>
internal static unsafe partial class Tile512
{
    public const int Rows = 12, Columns = 2 * Width, Width = 16;

    // Lines of B that are fetched before they are needed. A stride of several lines is more than the hardware guesses: without it
    // a product whose B comes from the third cache runs at 60 % of the peak, with it at 85 %.
    private const int Ahead = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TRows, TColumns>(in Tile t)
        where TRows : struct, IRows
        where TColumns : struct, IColumns
    {
        nint r1 = t.ARow, r2 = 2 * t.ARow, r3 = 3 * t.ARow, cr = t.CRow, aK = t.AK, bK = t.BK;
        float* c = t.C;
        var mask = Mask(t.Columns);

        Vector512<float> c00 = Vector512<float>.Zero, c01 = Vector512<float>.Zero;
        Vector512<float> c10 = Vector512<float>.Zero, c11 = Vector512<float>.Zero;
        Vector512<float> c20 = Vector512<float>.Zero, c21 = Vector512<float>.Zero;
        Vector512<float> c30 = Vector512<float>.Zero, c31 = Vector512<float>.Zero;
        Vector512<float> c40 = Vector512<float>.Zero, c41 = Vector512<float>.Zero;
        Vector512<float> c50 = Vector512<float>.Zero, c51 = Vector512<float>.Zero;
        Vector512<float> c60 = Vector512<float>.Zero, c61 = Vector512<float>.Zero;
        Vector512<float> c70 = Vector512<float>.Zero, c71 = Vector512<float>.Zero;
        Vector512<float> c80 = Vector512<float>.Zero, c81 = Vector512<float>.Zero;
        Vector512<float> c90 = Vector512<float>.Zero, c91 = Vector512<float>.Zero;
        Vector512<float> c100 = Vector512<float>.Zero, c101 = Vector512<float>.Zero;
        Vector512<float> c110 = Vector512<float>.Zero, c111 = Vector512<float>.Zero;
        if (t.Accumulate)
        {
            c00 = TColumns.Part ? Masked(c, mask) : Vector512.Load(c);
            if (TColumns.Two)
            {
                c01 = Vector512.Load(c + Width);
            }
            if (TRows.Count > 1)
            {
                c10 = TColumns.Part ? Masked(c + 1 * cr, mask) : Vector512.Load(c + 1 * cr);
                if (TColumns.Two)
                {
                    c11 = Vector512.Load(c + 1 * cr + Width);
                }
            }
            if (TRows.Count > 2)
            {
                c20 = TColumns.Part ? Masked(c + 2 * cr, mask) : Vector512.Load(c + 2 * cr);
                if (TColumns.Two)
                {
                    c21 = Vector512.Load(c + 2 * cr + Width);
                }
            }
            if (TRows.Count > 3)
            {
                c30 = TColumns.Part ? Masked(c + 3 * cr, mask) : Vector512.Load(c + 3 * cr);
                if (TColumns.Two)
                {
                    c31 = Vector512.Load(c + 3 * cr + Width);
                }
            }
            if (TRows.Count > 4)
            {
                c40 = TColumns.Part ? Masked(c + 4 * cr, mask) : Vector512.Load(c + 4 * cr);
                if (TColumns.Two)
                {
                    c41 = Vector512.Load(c + 4 * cr + Width);
                }
            }
            if (TRows.Count > 5)
            {
                c50 = TColumns.Part ? Masked(c + 5 * cr, mask) : Vector512.Load(c + 5 * cr);
                if (TColumns.Two)
                {
                    c51 = Vector512.Load(c + 5 * cr + Width);
                }
            }
            if (TRows.Count > 6)
            {
                c60 = TColumns.Part ? Masked(c + 6 * cr, mask) : Vector512.Load(c + 6 * cr);
                if (TColumns.Two)
                {
                    c61 = Vector512.Load(c + 6 * cr + Width);
                }
            }
            if (TRows.Count > 7)
            {
                c70 = TColumns.Part ? Masked(c + 7 * cr, mask) : Vector512.Load(c + 7 * cr);
                if (TColumns.Two)
                {
                    c71 = Vector512.Load(c + 7 * cr + Width);
                }
            }
            if (TRows.Count > 8)
            {
                c80 = TColumns.Part ? Masked(c + 8 * cr, mask) : Vector512.Load(c + 8 * cr);
                if (TColumns.Two)
                {
                    c81 = Vector512.Load(c + 8 * cr + Width);
                }
            }
            if (TRows.Count > 9)
            {
                c90 = TColumns.Part ? Masked(c + 9 * cr, mask) : Vector512.Load(c + 9 * cr);
                if (TColumns.Two)
                {
                    c91 = Vector512.Load(c + 9 * cr + Width);
                }
            }
            if (TRows.Count > 10)
            {
                c100 = TColumns.Part ? Masked(c + 10 * cr, mask) : Vector512.Load(c + 10 * cr);
                if (TColumns.Two)
                {
                    c101 = Vector512.Load(c + 10 * cr + Width);
                }
            }
            if (TRows.Count > 11)
            {
                c110 = TColumns.Part ? Masked(c + 11 * cr, mask) : Vector512.Load(c + 11 * cr);
                if (TColumns.Two)
                {
                    c111 = Vector512.Load(c + 11 * cr + Width);
                }
            }
        }

        float* segmentA = t.A, segmentB = t.B;
        for (int s = 0; s < t.Segments; s++)
        {
            float* a0 = segmentA;
            float* a4 = segmentA + 4 * r1;
            float* a8 = segmentA + 8 * r1;
            float* b = segmentB;
            for (int k = t.K; k > 0; k--)
            {
                Sse.Prefetch0(b + Ahead * bK); // a hint only: what lies past the end does no harm
                if (TColumns.Two)
                {
                    Sse.Prefetch0(b + Ahead * bK + Width);
                }
                var b0 = TColumns.Part ? Masked(b, mask) : Vector512.Load(b);
                var b1 = TColumns.Two ? Vector512.Load(b + Width) : Vector512<float>.Zero;
                Vector512<float> a;
                a = Vector512.Create(a0[0]);
                c00 = Vector512.FusedMultiplyAdd(a, b0, c00);
                if (TColumns.Two)
                {
                    c01 = Vector512.FusedMultiplyAdd(a, b1, c01);
                }
                if (TRows.Count > 1)
                {
                    a = Vector512.Create(a0[r1]);
                    c10 = Vector512.FusedMultiplyAdd(a, b0, c10);
                    if (TColumns.Two)
                    {
                        c11 = Vector512.FusedMultiplyAdd(a, b1, c11);
                    }
                }
                if (TRows.Count > 2)
                {
                    a = Vector512.Create(a0[r2]);
                    c20 = Vector512.FusedMultiplyAdd(a, b0, c20);
                    if (TColumns.Two)
                    {
                        c21 = Vector512.FusedMultiplyAdd(a, b1, c21);
                    }
                }
                if (TRows.Count > 3)
                {
                    a = Vector512.Create(a0[r3]);
                    c30 = Vector512.FusedMultiplyAdd(a, b0, c30);
                    if (TColumns.Two)
                    {
                        c31 = Vector512.FusedMultiplyAdd(a, b1, c31);
                    }
                }
                if (TRows.Count > 4)
                {
                    a = Vector512.Create(a4[0]);
                    c40 = Vector512.FusedMultiplyAdd(a, b0, c40);
                    if (TColumns.Two)
                    {
                        c41 = Vector512.FusedMultiplyAdd(a, b1, c41);
                    }
                }
                if (TRows.Count > 5)
                {
                    a = Vector512.Create(a4[r1]);
                    c50 = Vector512.FusedMultiplyAdd(a, b0, c50);
                    if (TColumns.Two)
                    {
                        c51 = Vector512.FusedMultiplyAdd(a, b1, c51);
                    }
                }
                if (TRows.Count > 6)
                {
                    a = Vector512.Create(a4[r2]);
                    c60 = Vector512.FusedMultiplyAdd(a, b0, c60);
                    if (TColumns.Two)
                    {
                        c61 = Vector512.FusedMultiplyAdd(a, b1, c61);
                    }
                }
                if (TRows.Count > 7)
                {
                    a = Vector512.Create(a4[r3]);
                    c70 = Vector512.FusedMultiplyAdd(a, b0, c70);
                    if (TColumns.Two)
                    {
                        c71 = Vector512.FusedMultiplyAdd(a, b1, c71);
                    }
                }
                if (TRows.Count > 8)
                {
                    a = Vector512.Create(a8[0]);
                    c80 = Vector512.FusedMultiplyAdd(a, b0, c80);
                    if (TColumns.Two)
                    {
                        c81 = Vector512.FusedMultiplyAdd(a, b1, c81);
                    }
                }
                if (TRows.Count > 9)
                {
                    a = Vector512.Create(a8[r1]);
                    c90 = Vector512.FusedMultiplyAdd(a, b0, c90);
                    if (TColumns.Two)
                    {
                        c91 = Vector512.FusedMultiplyAdd(a, b1, c91);
                    }
                }
                if (TRows.Count > 10)
                {
                    a = Vector512.Create(a8[r2]);
                    c100 = Vector512.FusedMultiplyAdd(a, b0, c100);
                    if (TColumns.Two)
                    {
                        c101 = Vector512.FusedMultiplyAdd(a, b1, c101);
                    }
                }
                if (TRows.Count > 11)
                {
                    a = Vector512.Create(a8[r3]);
                    c110 = Vector512.FusedMultiplyAdd(a, b0, c110);
                    if (TColumns.Two)
                    {
                        c111 = Vector512.FusedMultiplyAdd(a, b1, c111);
                    }
                }
                a0 += aK;
                a4 += aK;
                a8 += aK;
                b += bK;
            }
            segmentA += t.ASegment;
            segmentB += t.BSegment;
        }

        Store<TColumns>(c00, c, mask);
        if (TColumns.Two)
        {
            c01.Store(c + Width);
        }
        if (TRows.Count > 1)
        {
            Store<TColumns>(c10, c + 1 * cr, mask);
            if (TColumns.Two)
            {
                c11.Store(c + 1 * cr + Width);
            }
        }
        if (TRows.Count > 2)
        {
            Store<TColumns>(c20, c + 2 * cr, mask);
            if (TColumns.Two)
            {
                c21.Store(c + 2 * cr + Width);
            }
        }
        if (TRows.Count > 3)
        {
            Store<TColumns>(c30, c + 3 * cr, mask);
            if (TColumns.Two)
            {
                c31.Store(c + 3 * cr + Width);
            }
        }
        if (TRows.Count > 4)
        {
            Store<TColumns>(c40, c + 4 * cr, mask);
            if (TColumns.Two)
            {
                c41.Store(c + 4 * cr + Width);
            }
        }
        if (TRows.Count > 5)
        {
            Store<TColumns>(c50, c + 5 * cr, mask);
            if (TColumns.Two)
            {
                c51.Store(c + 5 * cr + Width);
            }
        }
        if (TRows.Count > 6)
        {
            Store<TColumns>(c60, c + 6 * cr, mask);
            if (TColumns.Two)
            {
                c61.Store(c + 6 * cr + Width);
            }
        }
        if (TRows.Count > 7)
        {
            Store<TColumns>(c70, c + 7 * cr, mask);
            if (TColumns.Two)
            {
                c71.Store(c + 7 * cr + Width);
            }
        }
        if (TRows.Count > 8)
        {
            Store<TColumns>(c80, c + 8 * cr, mask);
            if (TColumns.Two)
            {
                c81.Store(c + 8 * cr + Width);
            }
        }
        if (TRows.Count > 9)
        {
            Store<TColumns>(c90, c + 9 * cr, mask);
            if (TColumns.Two)
            {
                c91.Store(c + 9 * cr + Width);
            }
        }
        if (TRows.Count > 10)
        {
            Store<TColumns>(c100, c + 10 * cr, mask);
            if (TColumns.Two)
            {
                c101.Store(c + 10 * cr + Width);
            }
        }
        if (TRows.Count > 11)
        {
            Store<TColumns>(c110, c + 11 * cr, mask);
            if (TColumns.Two)
            {
                c111.Store(c + 11 * cr + Width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Mask(int columns) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(columns)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Masked(float* from, Vector512<float> mask) => Avx512F.MaskLoad(from, mask, Vector512<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TColumns>(Vector512<float> value, float* to, Vector512<float> mask) where TColumns : struct, IColumns
    {
        if (TColumns.Part)
        {
            Avx512F.MaskStore(to, mask, value);
        }
        else
        {
            value.Store(to);
        }
    }
}
