using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Atoll.Learning.Kernels;

/// <summary>
/// exp, log, log(1 + x), tanh and the logistic function from polynomials with a fixed order of operations: the same bits on every machine.
/// </summary>
/// <remarks>
/// Polynomials and range reduction after Cephes (Moshier, 1989, single precision: expf, logf, tanhf). Errors, in units in the last
/// place of normal results: exp below 1.1, log 0.9, log(1 + x) 1.6, tanh 1.4, the logistic function 2.3. Exp gives zero for results that would be subnormal, log takes
/// subnormal numbers for zero. NaN in, NaN out.
/// </remarks>
internal static class VectorMath
{
    private const float RoundToInteger = 12582912f; // 1.5·2²³: adding and subtracting it rounds to the nearest integer, ties to even

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        // x = n·ln 2 + r, |r| ≤ ln 2 / 2; ln 2 in two parts so that n·(first part) is exact
        var n = (Vector256.FusedMultiplyAdd(x, V(1.44269504f), V(RoundToInteger))) - V(RoundToInteger);
        n = Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(n), V(200f)), n, Vector256<float>.Zero);
        var r = Vector256.FusedMultiplyAdd(n, V(-0.693359375f), x);
        r = Vector256.FusedMultiplyAdd(n, V(2.12194440e-4f), r);

        var p = Vector256.FusedMultiplyAdd(V(1.9875691500e-4f), r, V(1.3981999507e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, V(8.3334519073e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, V(4.1665795894e-2f));
        p = Vector256.FusedMultiplyAdd(p, r, V(1.6666665459e-1f));
        p = Vector256.FusedMultiplyAdd(p, r, V(5.0000001201e-1f));
        p = Vector256.FusedMultiplyAdd(p, r * r, r) + V(1f);

        // · 2ⁿ in two halves: n may be 128 when r is negative
        var half = Vector256.ConvertToInt32(n) >> 1;
        var rest = Vector256.ConvertToInt32(n) - half;
        var result = p * PowerOfTwo(half) * PowerOfTwo(rest);
        result = Vector256.ConditionalSelect(Vector256.GreaterThan(x, V(88.7228394f)), V(float.PositiveInfinity), result);
        result = Vector256.ConditionalSelect(Vector256.LessThan(x, V(-87.3365479f)), Vector256<float>.Zero, result);
        return Vector256.ConditionalSelect(Vector256.Equals(x, x), result, x);
    }

    /// <summary>Natural logarithm; −∞ at zero and at subnormal numbers, NaN below.</summary>
    public static Vector256<float> Log(Vector256<float> x)
    {
        // x = m·2ᵉ with m in [√½, √2)
        var bits = x.AsInt32();
        var exponent = (bits >> 23) - Vector256.Create(126);
        var m = ((bits & Vector256.Create(0x007FFFFF)) | Vector256.Create(0x3F000000)).AsSingle();
        var small = Vector256.LessThan(m, V(0.707106781186547524f));
        exponent += small.AsInt32();
        m = Vector256.ConditionalSelect(small, m + m, m) - V(1f);
        var e = Vector256.ConvertToSingle(exponent);

        var p = Vector256.FusedMultiplyAdd(V(7.0376836292e-2f), m, V(-1.1514610310e-1f));
        p = Vector256.FusedMultiplyAdd(p, m, V(1.1676998740e-1f));
        p = Vector256.FusedMultiplyAdd(p, m, V(-1.2420140846e-1f));
        p = Vector256.FusedMultiplyAdd(p, m, V(1.4249322787e-1f));
        p = Vector256.FusedMultiplyAdd(p, m, V(-1.6668057665e-1f));
        p = Vector256.FusedMultiplyAdd(p, m, V(2.0000714765e-1f));
        p = Vector256.FusedMultiplyAdd(p, m, V(-2.4999993993e-1f));
        p = Vector256.FusedMultiplyAdd(p, m, V(3.3333331174e-1f));
        var z = m * m;
        var y = p * m * z;
        y = Vector256.FusedMultiplyAdd(e, V(-2.12194440e-4f), y);
        y = Vector256.FusedMultiplyAdd(V(-0.5f), z, y);
        var result = Vector256.FusedMultiplyAdd(e, V(0.693359375f), m + y);

        result = Vector256.ConditionalSelect(Vector256.LessThan(x, V(1.17549435e-38f)), V(float.NegativeInfinity), result);
        result = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), V(float.NaN), result);
        return Vector256.ConditionalSelect(Vector256.LessThan(x, V(float.PositiveInfinity)), result, x);
    }

    /// <summary>log(1 + x), also where x is too small for 1 + x to show it; −∞ at −1, NaN below.</summary>
    public static Vector256<float> Log1p(Vector256<float> x)
    {
        // What rounding 1 + x to s took away, x − (s − 1), is given back to first order: log(1 + x) = log s + log(1 + lost/s).
        var s = V(1f) + x;
        var result = Log(s) + ((x - (s - V(1f))) / s);
        return Vector256.ConditionalSelect(Vector256.LessThan(x, V(float.PositiveInfinity)) & Vector256.GreaterThan(x, V(-1f)), result, Log(s));
    }

    public static float Log1p(float x) => Log1p(V(x)).ToScalar();

    public static float Log(float x) => Log(V(x)).ToScalar();

    public static float Exp(float x) => Exp(V(x)).ToScalar();

    public static Vector256<float> Tanh(Vector256<float> x)
    {
        var z = x * x;
        var p = Vector256.FusedMultiplyAdd(V(-5.70498872745e-3f), z, V(2.06390887954e-2f));
        p = Vector256.FusedMultiplyAdd(p, z, V(-5.37397155531e-2f));
        p = Vector256.FusedMultiplyAdd(p, z, V(1.33314422036e-1f));
        p = Vector256.FusedMultiplyAdd(p, z, V(-3.33332819422e-1f));
        var near = Vector256.FusedMultiplyAdd(p * z, x, x);

        var magnitude = Vector256.Abs(x);
        var far = V(1f) - V(2f) / (Exp(magnitude + magnitude) + V(1f));
        far = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), -far, far);
        return Vector256.ConditionalSelect(Vector256.LessThan(magnitude, V(0.625f)), near, far);
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static Vector256<float> Sigmoid(Vector256<float> x) => V(1f) / (V(1f) + Exp(-x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> V(float x) => Vector256.Create(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PowerOfTwo(Vector256<int> n) => ((n + Vector256.Create(127)) << 23).AsSingle();
}
