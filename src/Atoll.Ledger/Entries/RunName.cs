using System.Buffers;

namespace Atoll.Ledger.Entries;

/// <summary>What a run may be called: its name becomes part of files' names, wherever a witness keeps a head.</summary>
public static class RunName
{
    internal const string Rule = "a run's name must be 1 to 100 letters, digits, hyphens, underscores and full stops, the first a letter or digit";

    private const int MaxLength = 100;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    public static bool IsLegal(string run) => run.Length is > 0 and <= MaxLength && char.IsAsciiLetterOrDigit(run[0]) && !run.AsSpan().ContainsAnyExcept(Letters);
}
