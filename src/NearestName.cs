namespace Atoll;

/// <summary>The name that a misspelt one was probably meant to be. Compiled into every project.</summary>
internal static class NearestName
{
    private const int LongestName = 64;

    /// <summary>The valid name with the fewest edits, if that is at most a third of its length (and at least one is allowed) and some of it is left; else null.</summary>
    public static string? Of(string written, IEnumerable<string> valid)
    {
        string plain = Plain(written);
        return plain.Length is 0 or > LongestName ? null : valid
            .Select(name => (Name: name, Edits: Distance(plain, Plain(name))))
            .Where(c => c.Edits <= Math.Max(1, (Plain(c.Name).Length + 1) / 3) && c.Edits < Math.Max(plain.Length, Plain(c.Name).Length))
            .OrderBy(c => c.Edits)
            .Select(c => c.Name)
            .FirstOrDefault();
    }

    /// <summary>Ends a sentence: <c>; did you mean 'age'?</c>, or a full stop.</summary>
    public static string Suggestion(string name, IEnumerable<string> names) => Of(name, names) is { } nearest ? $"; did you mean '{nearest}'?" : ".";

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).</summary>
    public static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }
                int substituted = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(substituted, 1 + Math.Min(d[i - 1, j], d[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }
        return d[a.Length, b.Length];
    }

    /// <summary>So that <c>testFraction</c> and <c>test_fraction</c> are no distance from <c>test-fraction</c>.</summary>
    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal)
        .Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
