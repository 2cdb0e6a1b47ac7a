namespace Atoll.Learning.Data;

/// <summary>The name that a misspelt one was probably meant to be.</summary>
public static class NearestName
{
    /// <summary>The nearest by edit distance, case ignored; null when none differs by less than about a third of its letters.</summary>
    public static string? Of(string name, IEnumerable<string> names) =>
        names.Select(candidate => (candidate, distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(pair => pair.distance <= Math.Max(name.Length, pair.candidate.Length) / 3)
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate).FirstOrDefault();

    /// <summary>Ends a sentence: <c>; did you mean 'age'?</c>, or a full stop.</summary>
    public static string Suggestion(string name, IEnumerable<string> names) => Of(name, names) is { } nearest ? $"; did you mean '{nearest}'?" : ".";

    /// <summary>Levenshtein distance.</summary>
    private static int Distance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)], current = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }
            (previous, current) = (current, previous);
        }
        return previous[b.Length];
    }
}
