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

    /// <summary>Letters added, left out, replaced, or swapped with their neighbour (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        int[,] distance = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }
                int replaced = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                int best = Math.Min(replaced, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                distance[i, j] = swapped ? Math.Min(best, distance[i - 2, j - 2] + 1) : best;
            }
        }
        return distance[a.Length, b.Length];
    }
}
