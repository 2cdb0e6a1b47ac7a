namespace Atoll.Learning.Kernels;

/// <summary>
/// Natural logarithm and exponential in double precision, the same bits on every machine: the platform's own
/// (<see cref="Math.Log(double)"/>, <see cref="Math.Exp"/>) come from the C library and differ between systems.
/// </summary>
/// <remarks>
/// Only operations that IEEE 754 defines exactly are used, in a written-out order. Both are within 1 unit in the last place of the true
/// value (2 for results of <see cref="Exp"/> below 2⁻¹⁰²², which are rounded twice); the tests hold them within 2 of the platform's.
/// </remarks>
public static class ElementaryFunctions
{
    // ln 2 in two parts: the first has 21 trailing zero bits, so that its product with an exponent is exact.
    private static readonly double Ln2High = BitConverter.UInt64BitsToDouble(0x3FE62E42FEE00000), Ln2Low = BitConverter.UInt64BitsToDouble(0x3DEA39EF35793C76);

    private const double InverseLn2 = 1.4426950408889634;

    /// <summary>
    /// ln x. With x = 2ᵏ·(1 + f), 1 + f in [√½, √2), and s = f / (2 + f): ln(1 + f) = 2 artanh s = f − s·(f − R),
    /// where R = 2(s²/3 + s⁴/5 + s⁶/7 + …).
    /// </summary>
    /// <returns>−∞ for 0, NaN below 0.</returns>
    public static double Log(double x)
    {
        if (x == 0)
        {
            return double.NegativeInfinity;
        }
        if (!(x > 0) || double.IsPositiveInfinity(x))
        {
            return x > 0 ? x : double.NaN;
        }

        int k = 0;
        if (!double.IsNormal(x))
        {
            (x, k) = (x * (1L << 54), -54);
        }
        ulong bits = BitConverter.DoubleToUInt64Bits(x);
        k += (int)(bits >> 52) - 1023;
        double m = BitConverter.UInt64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (m > 1.4142135623730951)
        {
            (m, k) = (m * 0.5, k + 1);
        }

        double f = m - 1, s = f / (2 + f), z = s * s, r = 2.0 / 25;
        for (int odd = 23; odd >= 3; odd -= 2)
        {
            r = Math.FusedMultiplyAdd(r, z, 2.0 / odd);
        }
        r *= z;
        return (k * Ln2High) - (((s * (f - r)) - (k * Ln2Low)) - f);
    }

    /// <summary>eˣ. With x = k·ln 2 + r, |r| ≤ ½ ln 2: 2ᵏ·(1 + r + r²/2! + … + r¹³/13!).</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }
        if (x > 709.782712893384)
        {
            return double.PositiveInfinity;
        }
        if (x < -745.2)
        {
            return 0;
        }

        double k = Math.Round(x * InverseLn2), high = x - (k * Ln2High), low = k * Ln2Low, r = high - low, error = (high - r) - low;
        double sum = 1.0 / 6227020800;
        foreach (double factorial in (ReadOnlySpan<double>)[479001600, 39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6, 2])
        {
            sum = Math.FusedMultiplyAdd(sum, r, 1 / factorial);
        }
        // What rounding took from r is given back to first order.
        double value = 1 + (r + Math.FusedMultiplyAdd(r * r, sum, error));
        return value * PowerOfTwo((int)k / 2) * PowerOfTwo((int)k - ((int)k / 2));
    }

    private static double PowerOfTwo(int exponent) => BitConverter.UInt64BitsToDouble((ulong)(exponent + 1023) << 52);
}
