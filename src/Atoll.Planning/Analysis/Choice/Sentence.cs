using Atoll.Footprint.Quantities;

namespace Atoll.Planning.Analysis.Choice;

/// <summary>Parts of sentences, without more digits than are known.</summary>
internal static class Sentence
{
    /// <summary><c>time, cost and carbon</c>.</summary>
    public static string List(IReadOnlyList<string> words) => words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} and {words[^1]}";

    public static string Join(IEnumerable<string> words, string separator) => string.Join(separator, words);

    /// <summary>A share of draws. Whole percents, and neither 0 nor 100 unless it is.</summary>
    public static string Share(double share) => share switch
    {
        > 0 and < 0.005 => "less than 1 %",
        > 0.995 and < 1 - 1e-12 => "more than 99 %",
        _ => $"{Math.Round(share * 100):0} %",
    };

    /// <summary>Whether two figures are the same to half a percent.</summary>
    public static bool IsLevel(double a, double b) => Math.Abs(a - b) <= 0.005 * Math.Abs(b);

    /// <summary>What a figure is to another, up to the other's name: <c>20 % less than</c>.</summary>
    public static string Compare(double figure, double other)
    {
        if (IsLevel(figure, other))
        {
            return "as much as";
        }
        double ratio = figure / other;
        return ratio < 0.005 ? $"{QuantityText.Digits(ratio * 100)} % of that of"
            : ratio < 1 ? $"{Math.Round((1 - ratio) * 100):0} % less than"
            : ratio < 2 ? $"{Math.Round((ratio - 1) * 100):0} % more than"
            : double.IsFinite(ratio) ? $"{QuantityText.Digits(ratio)} times as much as" : "more than";
    }
}
