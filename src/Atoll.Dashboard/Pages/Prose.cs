using System.Text.RegularExpressions;

namespace Atoll.Dashboard.Pages;

/// <summary>Keeps a number and its sign or unit together at a line's end.</summary>
internal static partial class Prose
{
    public static string Of(string text) => BeforeUnit().Replace(text, "\u00A0").Replace(" ± ", "\u00A0±\u00A0", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<=\d) (?=%|(?:points|hours|days|g/kWh|L/kWh|bn|[kM]|m³|(?:ns|µs|ms|s|min|h|d|y|g|kg|t|kt|mL|L|m|km|bit)|[kMGTPEZm]?(?:Wh|W|B|bit/s|FLOP/s|FLOP))(?![\w/]))", RegexOptions.CultureInvariant)]
    private static partial Regex BeforeUnit();
}
