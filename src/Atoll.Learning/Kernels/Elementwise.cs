using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Atoll.Learning.Kernels;

/// <summary>A function of one number, on eight at a time.</summary>
internal interface IFunction
{
    static abstract Vector256<float> Of(Vector256<float> x);
}

/// <summary>A function of two numbers, on eight pairs at a time.</summary>
internal interface IFunction2
{
    static abstract Vector256<float> Of(Vector256<float> x, Vector256<float> y);
}

/// <summary>A function of three numbers, on eight triples at a time.</summary>
internal interface IFunction3
{
    static abstract Vector256<float> Of(Vector256<float> x, Vector256<float> y, Vector256<float> z);
}

/// <summary>
/// Applies a function to whole spans. The last few numbers pass through a padded vector, so each number meets
/// the same operations wherever it stands.
/// </summary>
internal static class Elementwise
{
    private const int Width = 8;

    public static void Map<T>(ReadOnlySpan<float> x, Span<float> result) where T : struct, IFunction
    {
        Same(x.Length, result.Length);
        ref float px = ref MemoryMarshal.GetReference(x), pr = ref MemoryMarshal.GetReference(result);
        int i = 0;
        for (; i <= x.Length - Width; i += Width)
        {
            T.Of(Vector256.LoadUnsafe(ref px, (nuint)i)).StoreUnsafe(ref pr, (nuint)i);
        }
        if (i < x.Length)
        {
            Store(T.Of(Load(x[i..])), result[i..]);
        }
    }

    public static void Map<T>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> result) where T : struct, IFunction2
    {
        Same(x.Length, result.Length);
        Same(x.Length, y.Length);
        ref float px = ref MemoryMarshal.GetReference(x), py = ref MemoryMarshal.GetReference(y), pr = ref MemoryMarshal.GetReference(result);
        int i = 0;
        for (; i <= x.Length - Width; i += Width)
        {
            T.Of(Vector256.LoadUnsafe(ref px, (nuint)i), Vector256.LoadUnsafe(ref py, (nuint)i)).StoreUnsafe(ref pr, (nuint)i);
        }
        if (i < x.Length)
        {
            Store(T.Of(Load(x[i..]), Load(y[i..])), result[i..]);
        }
    }

    public static void Map<T>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, Span<float> result) where T : struct, IFunction3
    {
        Same(x.Length, result.Length);
        Same(x.Length, y.Length);
        Same(x.Length, z.Length);
        ref float px = ref MemoryMarshal.GetReference(x), py = ref MemoryMarshal.GetReference(y), pz = ref MemoryMarshal.GetReference(z);
        ref float pr = ref MemoryMarshal.GetReference(result);
        int i = 0;
        for (; i <= x.Length - Width; i += Width)
        {
            T.Of(Vector256.LoadUnsafe(ref px, (nuint)i), Vector256.LoadUnsafe(ref py, (nuint)i), Vector256.LoadUnsafe(ref pz, (nuint)i)).StoreUnsafe(ref pr, (nuint)i);
        }
        if (i < x.Length)
        {
            Store(T.Of(Load(x[i..]), Load(y[i..]), Load(z[i..])), result[i..]);
        }
    }

    /// <summary>y ← fma(a, x, y).</summary>
    public static void MultiplyAdd(float a, ReadOnlySpan<float> x, Span<float> y)
    {
        Same(x.Length, y.Length);
        var va = Vector256.Create(a);
        int i = 0;
        ref float px = ref MemoryMarshal.GetReference(x), py = ref MemoryMarshal.GetReference(y);
        for (; i <= x.Length - Width; i += Width)
        {
            Vector256.FusedMultiplyAdd(va, Vector256.LoadUnsafe(ref px, (nuint)i), Vector256.LoadUnsafe(ref py, (nuint)i)).StoreUnsafe(ref py, (nuint)i);
        }
        for (; i < x.Length; i++)
        {
            y[i] = MathF.FusedMultiplyAdd(a, x[i], y[i]);
        }
    }

    /// <summary>y ← fma(a, y, x).</summary>
    public static void ScaleAdd(float a, ReadOnlySpan<float> x, Span<float> y)
    {
        Same(x.Length, y.Length);
        var va = Vector256.Create(a);
        int i = 0;
        ref float px = ref MemoryMarshal.GetReference(x), py = ref MemoryMarshal.GetReference(y);
        for (; i <= x.Length - Width; i += Width)
        {
            Vector256.FusedMultiplyAdd(va, Vector256.LoadUnsafe(ref py, (nuint)i), Vector256.LoadUnsafe(ref px, (nuint)i)).StoreUnsafe(ref py, (nuint)i);
        }
        for (; i < x.Length; i++)
        {
            y[i] = MathF.FusedMultiplyAdd(a, y[i], x[i]);
        }
    }

    /// <summary>y ← y + x.</summary>
    public static void Add(ReadOnlySpan<float> x, Span<float> y) => Map<Sum>(x, y, y);

    /// <summary>sums[n] ← Σ over rows, from the first row down: one chain a column.</summary>
    public static void ColumnSums(ReadOnlySpan<float> rows, Span<float> sums)
    {
        int columns = sums.Length, column = 0;
        Require.That(rows.Length % columns == 0, $"Rows of {columns} columns must fill the span, but it has {rows.Length} numbers.");
        ref float p = ref MemoryMarshal.GetReference(rows);
        for (; column <= columns - Width; column += Width)
        {
            var sum = Vector256<float>.Zero;
            for (int at = column; at < rows.Length; at += columns)
            {
                sum += Vector256.LoadUnsafe(ref p, (nuint)at);
            }
            sum.CopyTo(sums[column..]);
        }
        for (; column < columns; column++)
        {
            float sum = 0;
            for (int at = column; at < rows.Length; at += columns)
            {
                sum += rows[at];
            }
            sums[column] = sum;
        }
    }

    private static Vector256<float> Load(ReadOnlySpan<float> few)
    {
        Span<float> padded = stackalloc float[Width];
        padded.Clear();
        few.CopyTo(padded);
        return Vector256.Create<float>(padded);
    }

    private static void Store(Vector256<float> vector, Span<float> few)
    {
        Span<float> padded = stackalloc float[Width];
        vector.CopyTo(padded);
        padded[..few.Length].CopyTo(few);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Same(int length, int other) => Require.That(length == other, $"Spans must have the same length, but have {length} and {other}.");

    private readonly struct Sum : IFunction2
    {
        public static Vector256<float> Of(Vector256<float> x, Vector256<float> y) => x + y;
    }
}
