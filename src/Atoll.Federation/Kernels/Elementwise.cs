using System.Numerics;
using System.Runtime.CompilerServices;

namespace Atoll.Federation.Kernels;

/// <summary>
/// Vector arithmetic whose bits are the same on every machine: each element by itself, one IEEE operation after the other,
/// in the order written, a product rounded before it is added.
/// </summary>
/// <remarks>
/// <see cref="Vector{T}"/> is as wide as the machine has it; as no element meets another, the width shows nowhere.
/// (A library's own multiply-add may or may not be fused, by the hardware.)
/// </remarks>
internal static class Elementwise
{
    /// <summary><c>y ← y + a·x</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // as fast on the first call as on any
    public static void AddScaled(ReadOnlySpan<float> x, float a, Span<float> y)
    {
        int i = 0;
        for (; i <= y.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Store(Load(y, i) + Load(x, i) * a, y, i);
        }
        for (; i < y.Length; i++)
        {
            y[i] += x[i] * a;
        }
    }

    /// <summary><c>y ← x/a</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Divide(ReadOnlySpan<float> x, float a, Span<float> y)
    {
        Vector<float> divisor = new(a);
        int i = 0;
        for (; i <= y.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Store(Load(x, i) / divisor, y, i);
        }
        for (; i < y.Length; i++)
        {
            y[i] = x[i] / a;
        }
    }

    /// <summary><c>y ← a·y + b·x</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Blend(ReadOnlySpan<float> x, float b, float a, Span<float> y)
    {
        int i = 0;
        for (; i <= y.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Store(Load(y, i) * a + Load(x, i) * b, y, i);
        }
        for (; i < y.Length; i++)
        {
            y[i] = y[i] * a + x[i] * b;
        }
    }

    /// <summary><c>y ← a·y + b·x²</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BlendSquare(ReadOnlySpan<float> x, float b, float a, Span<float> y)
    {
        int i = 0;
        for (; i <= y.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> v = Load(x, i);
            Store(Load(y, i) * a + v * v * b, y, i);
        }
        for (; i < y.Length; i++)
        {
            y[i] = y[i] * a + x[i] * x[i] * b;
        }
    }

    /// <summary><c>y ← y − b·x²·sign(y − x²)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void YogiSquare(ReadOnlySpan<float> x, float b, Span<float> y)
    {
        int i = 0;
        for (; i <= y.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> v = Load(y, i), square = Load(x, i) * Load(x, i), change = square * b;
            Vector<float> lowered = Vector.ConditionalSelect(Vector.GreaterThan(v, square), v - change, v);
            Store(Vector.ConditionalSelect(Vector.LessThan(v, square), v + change, lowered), y, i);
        }
        for (; i < y.Length; i++)
        {
            float square = x[i] * x[i], change = square * b;
            y[i] = y[i] > square ? y[i] - change : y[i] < square ? y[i] + change : y[i];
        }
    }

    /// <summary><c>w ← w + η·m/(√v + τ)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddNormalized(ReadOnlySpan<float> m, ReadOnlySpan<float> v, float eta, float tau, Span<float> w)
    {
        Vector<float> taus = new(tau);
        int i = 0;
        for (; i <= w.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Store(Load(w, i) + Load(m, i) * eta / (Vector.SquareRoot(Load(v, i)) + taus), w, i);
        }
        for (; i < w.Length; i++)
        {
            w[i] += m[i] * eta / (MathF.Sqrt(v[i]) + tau);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Load(ReadOnlySpan<float> x, int i) => new(x[i..]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector<float> x, Span<float> y, int i) => x.CopyTo(y[i..]);
}
