namespace Atoll.Dashboard.Pages;

/// <summary>Keeps a number and its sign together at a line's end.</summary>
internal static class Prose
{
    public static string Of(string text) => text
        .Replace(" %", "\u00A0%", StringComparison.Ordinal)
        .Replace(" ± ", "\u00A0±\u00A0", StringComparison.Ordinal)
        .Replace(" points", "\u00A0points", StringComparison.Ordinal);
}
