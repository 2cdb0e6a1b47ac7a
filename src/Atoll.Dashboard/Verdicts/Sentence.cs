namespace Atoll.Dashboard.Verdicts;

/// <summary>Joins phrases into sentences.</summary>
internal static class Sentence
{
    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string Join(IEnumerable<string> phrases)
    {
        var all = phrases.ToArray();
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Ends with one full stop, whatever it ended with before.</summary>
    public static string End(string text) => text.TrimEnd().TrimEnd('.') + ".";
}
