using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Atoll.Learning.Kernels;

/// <summary>
/// A tile of a matrix product in 256-bit registers: up to 6 × 16, 12 accumulators.
/// </summary>
/// <remarks>
/// Every element of C is one chain <c>c ← fma(a[k], b[k], c)</c> over k, ascending. Lanes and rows are independent outputs,
/// so the bits do not depend on the tile's shape. Row and column counts are type arguments: the compiler keeps only the accumulators in use.
/// </remarks>
internal static unsafe class Tile256
{
    public const int Rows = 6, Columns = 2 * Width, Width = 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TRows, TColumns>(in Tile t)
        where TRows : struct, IRows
        where TColumns : struct, IColumns
    {
        nint r1 = t.ARow, r2 = 2 * t.ARow, r3 = 3 * t.ARow, cr = t.CRow, aK = t.AK, bK = t.BK;
        float* c = t.C;
        var mask = Mask(t.Columns);

        Vector256<float> c00 = Vector256<float>.Zero, c01 = Vector256<float>.Zero;
        Vector256<float> c10 = Vector256<float>.Zero, c11 = Vector256<float>.Zero;
        Vector256<float> c20 = Vector256<float>.Zero, c21 = Vector256<float>.Zero;
        Vector256<float> c30 = Vector256<float>.Zero, c31 = Vector256<float>.Zero;
        Vector256<float> c40 = Vector256<float>.Zero, c41 = Vector256<float>.Zero;
        Vector256<float> c50 = Vector256<float>.Zero, c51 = Vector256<float>.Zero;
        if (t.Accumulate)
        {
            c00 = TColumns.Part ? Masked(c, mask) : Vector256.Load(c);
            if (TColumns.Two)
            {
                c01 = Vector256.Load(c + Width);
            }
            if (TRows.Count > 1)
            {
                c10 = TColumns.Part ? Masked(c + 1 * cr, mask) : Vector256.Load(c + 1 * cr);
                if (TColumns.Two)
                {
                    c11 = Vector256.Load(c + 1 * cr + Width);
                }
            }
            if (TRows.Count > 2)
            {
                c20 = TColumns.Part ? Masked(c + 2 * cr, mask) : Vector256.Load(c + 2 * cr);
                if (TColumns.Two)
                {
                    c21 = Vector256.Load(c + 2 * cr + Width);
                }
            }
            if (TRows.Count > 3)
            {
                c30 = TColumns.Part ? Masked(c + 3 * cr, mask) : Vector256.Load(c + 3 * cr);
                if (TColumns.Two)
                {
                    c31 = Vector256.Load(c + 3 * cr + Width);
                }
            }
            if (TRows.Count > 4)
            {
                c40 = TColumns.Part ? Masked(c + 4 * cr, mask) : Vector256.Load(c + 4 * cr);
                if (TColumns.Two)
                {
                    c41 = Vector256.Load(c + 4 * cr + Width);
                }
            }
            if (TRows.Count > 5)
            {
                c50 = TColumns.Part ? Masked(c + 5 * cr, mask) : Vector256.Load(c + 5 * cr);
                if (TColumns.Two)
                {
                    c51 = Vector256.Load(c + 5 * cr + Width);
                }
            }
        }

        float* segmentA = t.A, segmentB = t.B;
        for (int s = 0; s < t.Segments; s++)
        {
            float* a0 = segmentA;
            float* a4 = segmentA + 4 * r1;
            float* b = segmentB;
            for (int k = t.K; k > 0; k--)
            {
                var b0 = TColumns.Part ? Masked(b, mask) : Vector256.Load(b);
                var b1 = TColumns.Two ? Vector256.Load(b + Width) : Vector256<float>.Zero;
                Vector256<float> a;
                a = Vector256.Create(a0[0]);
                c00 = Vector256.FusedMultiplyAdd(a, b0, c00);
                if (TColumns.Two)
                {
                    c01 = Vector256.FusedMultiplyAdd(a, b1, c01);
                }
                if (TRows.Count > 1)
                {
                    a = Vector256.Create(a0[r1]);
                    c10 = Vector256.FusedMultiplyAdd(a, b0, c10);
                    if (TColumns.Two)
                    {
                        c11 = Vector256.FusedMultiplyAdd(a, b1, c11);
                    }
                }
                if (TRows.Count > 2)
                {
                    a = Vector256.Create(a0[r2]);
                    c20 = Vector256.FusedMultiplyAdd(a, b0, c20);
                    if (TColumns.Two)
                    {
                        c21 = Vector256.FusedMultiplyAdd(a, b1, c21);
                    }
                }
                if (TRows.Count > 3)
                {
                    a = Vector256.Create(a0[r3]);
                    c30 = Vector256.FusedMultiplyAdd(a, b0, c30);
                    if (TColumns.Two)
                    {
                        c31 = Vector256.FusedMultiplyAdd(a, b1, c31);
                    }
                }
                if (TRows.Count > 4)
                {
                    a = Vector256.Create(a4[0]);
                    c40 = Vector256.FusedMultiplyAdd(a, b0, c40);
                    if (TColumns.Two)
                    {
                        c41 = Vector256.FusedMultiplyAdd(a, b1, c41);
                    }
                }
                if (TRows.Count > 5)
                {
                    a = Vector256.Create(a4[r1]);
                    c50 = Vector256.FusedMultiplyAdd(a, b0, c50);
                    if (TColumns.Two)
                    {
                        c51 = Vector256.FusedMultiplyAdd(a, b1, c51);
                    }
                }
                a0 += aK;
                a4 += aK;
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
    }

    /// <summary>Runs the tile for numbers of rows and columns known only now.</summary>
    public static void Run(in Tile tile, int rows, int columns)
    {
        switch (columns)
        {
            case Columns: Run<TwoVectors>(tile, rows); break;
            case Width: Run<OneVector>(tile, rows); break;
            default: Partly(tile with { Columns = columns }, rows); break;
        }
    }

    private static void Partly(in Tile tile, int rows)
    {
        if (Avx.IsSupported)
        {
            Run<PartOfVector>(tile, rows);
        }
        else
        {
            TileScalar.Run(tile, rows, tile.Columns);
        }
    }

    private static void Run<TColumns>(in Tile tile, int rows) where TColumns : struct, IColumns
    {
        switch (rows)
        {
            case 1: Multiply<Rows1, TColumns>(tile); break;
            case 2: Multiply<Rows2, TColumns>(tile); break;
            case 3: Multiply<Rows3, TColumns>(tile); break;
            case 4: Multiply<Rows4, TColumns>(tile); break;
            case 5: Multiply<Rows5, TColumns>(tile); break;
            case 6: Multiply<Rows6, TColumns>(tile); break;
            default: throw new ArgumentOutOfRangeException(nameof(rows), rows, "A tile has 1 to 6 rows.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Mask(int columns) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(columns)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Masked(float* from, Vector256<float> mask) => Avx.MaskLoad(from, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TColumns>(Vector256<float> value, float* to, Vector256<float> mask) where TColumns : struct, IColumns
    {
        if (TColumns.Part)
        {
            Avx.MaskStore(to, mask, value);
        }
        else
        {
            value.Store(to);
        }
    }
}
