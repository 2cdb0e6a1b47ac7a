using System.Globalization;

namespace Atoll.Ledger.Canonical;

/// <summary>A double as ECMAScript's Number.prototype.toString writes it: the shortest digits that read back as the same double.</summary>
/// <remarks>RFC 8785 §3.2.2.3 and ECMA-262 §7.1.12.1. <see href="https://www.rfc-editor.org/rfc/rfc8785#section-3.2.2.3"/></remarks>
public static class CanonicalNumber
{
    private const double SafeIntegers = 1L << 53;

    /// <exception cref="FormatException">It is not finite.</exception>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new FormatException($"A number of canonical JSON must be finite (was {value.ToString(CultureInfo.InvariantCulture)}).");
        }
        if (Math.Abs(value) < SafeIntegers && value == Math.Truncate(value))
        {
            return ((long)value).ToString(CultureInfo.InvariantCulture); // −0 is 0
        }
        string sign = value < 0 ? "-" : "";
        (string digits, int point) = Digits(Math.Abs(value));
        int k = digits.Length;
        return point switch
        {
            >= 1 and <= 21 when k <= point => sign + digits + new string('0', point - k),
            >= 1 and <= 21 => $"{sign}{digits[..point]}.{digits[point..]}",
            > -6 and <= 0 => $"{sign}0.{new string('0', -point)}{digits}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{(k > 1 ? "." : "")}{digits.AsSpan(1)}e{(point > 0 ? "+" : "")}{point - 1}"),
        };
    }

    /// <returns>The digits d₁d₂…, and the n of 0.d₁d₂… × 10ⁿ.</returns>
    private static (string Digits, int Point) Digits(double value)
    {
        // The runtime's own text has the shortest digits too, but lays them out in another way.
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int e = text.IndexOf('E', StringComparison.Ordinal);
        int exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = e < 0 ? text : text[..e];
        int dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        string all = dot < 0 ? mantissa : mantissa.Remove(dot, 1);
        int point = (dot < 0 ? mantissa.Length : dot) + exponent;
        string digits = all.TrimStart('0');
        return (digits.TrimEnd('0'), point - (all.Length - digits.Length));
    }

    /// <summary>Whether a number as written keeps its value: an integer that no double holds would be changed in silence.</summary>
    internal static bool IsKept(ReadOnlySpan<byte> written, double value, string canonical) =>
        written.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0 || Math.Abs(value) < SafeIntegers || System.Text.Ascii.Equals(written, canonical);
}
