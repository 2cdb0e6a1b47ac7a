using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Atoll.Learning.Kernels;

/// <summary>Turns a matrix: <c>to[j, i] = from[i, j]</c>. Moves numbers and computes none, so it has no say in the bits.</summary>
internal static unsafe class Transposition
{
    private const int Block = 4;

    /// <param name="from">Of <paramref name="rows"/> × <paramref name="columns"/>; columns are contiguous, rows <paramref name="fromRow"/> floats apart.</param>
    /// <param name="to">Of <paramref name="columns"/> × <paramref name="rows"/>, its rows <paramref name="toRow"/> floats apart.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* from, nint fromRow, float* to, nint toRow, int rows, int columns)
    {
        int i = 0;
        for (; Sse.IsSupported && i <= rows - Block; i += Block)
        {
            float* source = from + i * fromRow, target = to + i;
            int j = 0;
            for (; j <= columns - Block; j += Block)
            {
                CopyBlock(source + j, fromRow, target + j * toRow, toRow);
            }
            CopyOneByOne(source + j, fromRow, target + j * toRow, toRow, Block, columns - j);
        }
        CopyOneByOne(from + i * fromRow, fromRow, to + i, toRow, rows - i, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyBlock(float* from, nint fromRow, float* to, nint toRow)
    {
        Vector128<float> a = Vector128.Load(from), b = Vector128.Load(from + fromRow), c = Vector128.Load(from + 2 * fromRow), d = Vector128.Load(from + 3 * fromRow);
        Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d);   // a0 b0 a1 b1, c0 d0 c1 d1
        Vector128<float> ab2 = Sse.UnpackHigh(a, b), cd2 = Sse.UnpackHigh(c, d); // a2 b2 a3 b3, c2 d2 c3 d3
        Sse.MoveLowToHigh(ab, cd).Store(to);
        Sse.MoveHighToLow(cd, ab).Store(to + toRow);
        Sse.MoveLowToHigh(ab2, cd2).Store(to + 2 * toRow);
        Sse.MoveHighToLow(cd2, ab2).Store(to + 3 * toRow);
    }

    private static void CopyOneByOne(float* from, nint fromRow, float* to, nint toRow, int rows, int columns)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                to[j * toRow + i] = from[i * fromRow + j];
            }
        }
    }
}
