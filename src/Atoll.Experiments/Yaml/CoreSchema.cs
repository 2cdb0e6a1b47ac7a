using System.Text.RegularExpressions;

namespace Atoll.Experiments.Yaml;

/// <summary>What a plain scalar is, by the YAML 1.2 core schema: <c>no</c>, <c>on</c> and <c>1_000</c> are text.</summary>
/// <remarks>YAML 1.2.2, section 10.3.2. <see href="https://yaml.org/spec/1.2.2/#1032-tag-resolution"/></remarks>
internal static partial class CoreSchema
{
    public static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    public static bool? Boolean(string text) => text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    public static bool IsInteger(string text) => Integer().IsMatch(text);

    /// <summary>A whole number or one with a fraction or exponent.</summary>
    public static bool IsNumber(string text) => IsInteger(text) || Float().IsMatch(text);

    public static bool IsInfinityOrNaN(string text) => NotFinite().IsMatch(text);

    /// <summary>Whether a plain scalar of this spelling is text.</summary>
    public static bool IsText(string text) => !IsNull(text) && Boolean(text) is null && !IsNumber(text) && !IsInfinityOrNaN(text);

    [GeneratedRegex(@"^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Float();

    [GeneratedRegex(@"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.CultureInvariant)]
    private static partial Regex NotFinite();
}
