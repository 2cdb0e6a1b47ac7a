using System.Numerics;

namespace Atoll.Federation.Tests.Aggregation;

/// <summary>The definition of exact averaging, in integers of any size: no floating-point operation in it.</summary>
internal static class BigFixed
{
    /// <summary><c>n · v · 2³²</c>, rounded to the nearest integer, ties to even.</summary>
    public static BigInteger Quantize(float v, long n)
    {
        int bits = BitConverter.SingleToInt32Bits(v), exponent = (bits >> 23) & 0xFF, fraction = bits & 0x7F_FFFF;
        BigInteger magnitude = n * (BigInteger)(exponent == 0 ? fraction : fraction | 0x80_0000);
        int shift = Math.Max(exponent, 1) - 150 + 32;
        magnitude = shift >= 0 ? magnitude << shift : RoundedShift(magnitude, -shift);
        return bits < 0 ? -magnitude : magnitude;
    }

    private static BigInteger RoundedShift(BigInteger x, int shift)
    {
        BigInteger whole = x >> shift, rest = x - (whole << shift), half = BigInteger.One << (shift - 1);
        return rest > half || (rest == half && !whole.IsEven) ? whole + 1 : whole;
    }
}
