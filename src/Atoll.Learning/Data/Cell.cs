using System.Globalization;

namespace Atoll.Learning.Data;

/// <summary>What a cell's text means.</summary>
internal static class Cell
{
    /// <summary>Empty, <c>?</c>, <c>NA</c>, <c>N/A</c> or <c>NaN</c>, in any case.</summary>
    public static bool IsMissing(string text) => text is "" or "?" || Is(text, "NA") || Is(text, "N/A") || Is(text, "NaN");

    /// <summary>A number as programs write it (<c>-1.5e3</c>), infinities included so that they can be refused by name.</summary>
    public static bool TryNumber(string text, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }
        bool negative = text.StartsWith('-');
        value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return Is(text.AsSpan(negative || text.StartsWith('+') ? 1 : 0), "inf");
    }

    /// <summary>A number as people write it where the comma is the decimal sign (<c>-1,5</c>, <c>1.234,5</c>), or parts thousands by it.</summary>
    public static bool IsNumberWithComma(string text) =>
        text.Contains(',', StringComparison.Ordinal) && text.All(c => char.IsAsciiDigit(c) || c is ',' or '.' or '-' or '+' or 'e' or 'E')
        && double.TryParse(text.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>
    /// Distinct texts in their natural order: by value where all are numbers (so that <c>1</c> and <c>1.0</c> are one), else by character code.
    /// </summary>
    public static IReadOnlyList<string> Levels(IEnumerable<string> texts)
    {
        HashSet<string> distinct = [.. texts];
        List<double> numbers = [];
        foreach (string text in distinct)
        {
            if (!TryNumber(text, out double number))
            {
                return [.. distinct.Order(StringComparer.Ordinal)];
            }
            numbers.Add(number);
        }
        return [.. numbers.Distinct().Order().Select(Name)];
    }

    /// <summary>The level that a cell belongs to.</summary>
    /// <param name="numeric">Whether the column's levels are all numbers.</param>
    public static string Level(string text, bool numeric) => numeric && TryNumber(text, out double number) ? Name(number) : text;

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    // Adding 0 makes -0 and 0 one.
    private static string Name(double number) => (number + 0.0).ToString(CultureInfo.InvariantCulture);
}
