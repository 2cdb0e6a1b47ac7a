using System.Text.RegularExpressions;

namespace Atoll.Learning.Data.Schema;

/// <summary>A text that differs from another table's in case, or in spaces, hyphens and underscores between its words, and in nothing else.</summary>
public sealed partial record LookAlike(string Column, string Here, string There)
{
    /// <summary>Of the texts that only one of both has. A table that has two such texts itself means two, so these are none.</summary>
    internal static IEnumerable<LookAlike> Between(ColumnSummary here, ColumnSummary there)
    {
        if (here is not { IsNumeric: false, Levels: { } own } || there is not { IsNumeric: false, Levels: { } others })
        {
            yield break;
        }
        HashSet<string> mine = new(own, StringComparer.Ordinal);
        ILookup<string, string> theirs = others.Where(text => !mine.Contains(text)).ToLookup(Gist);
        HashSet<string> known = new(others, StringComparer.Ordinal);
        foreach (string text in own.Where(text => !known.Contains(text)))
        {
            if (theirs[Gist(text)].FirstOrDefault() is { } other)
            {
                yield return new(here.Name, text, other);
            }
        }
    }

    private static string Gist(string text) => Gaps().Replace(text.Trim(), " ").ToUpperInvariant();

    /// <summary>What parts two letters or digits; elsewhere a hyphen may be a sign: <c>-1</c>, <c>A-</c>.</summary>
    [GeneratedRegex(@"(?<=[^\W_])[\s_-]+(?=[^\W_])")]
    private static partial Regex Gaps();
}
