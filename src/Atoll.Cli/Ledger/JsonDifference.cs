using System.Text.Json;

namespace Atoll.Cli.Ledger;

/// <summary>The first place at which a JSON text does not say what it must.</summary>
internal static class JsonDifference
{
    private const int LongestValue = 80;

    /// <param name="path">Of the two values.</param>
    /// <returns>Null where they say the same, in the same order.</returns>
    public static string? First(JsonElement must, JsonElement was, string path = "$") => (must.ValueKind, was.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => Members([.. must.EnumerateObject()], [.. was.EnumerateObject()], path),
        (JsonValueKind.Array, JsonValueKind.Array) => Items([.. must.EnumerateArray()], [.. was.EnumerateArray()], path),
        _ => must.GetRawText() == was.GetRawText() ? null : $"{path} must be {Short(must)} (was {Short(was)})",
    };

    private static string? Members(JsonProperty[] must, JsonProperty[] was, string path)
    {
        for (int i = 0; i < must.Length; i++)
        {
            if (i >= was.Length || was[i].Name != must[i].Name)
            {
                return $"{path}.{must[i].Name} must be there";
            }
            if (First(must[i].Value, was[i].Value, $"{path}.{must[i].Name}") is { } difference)
            {
                return difference;
            }
        }
        return was.Length > must.Length ? $"{path}.{was[must.Length].Name} must not be there" : null;
    }

    private static string? Items(JsonElement[] must, JsonElement[] was, string path) =>
        must.Zip(was).Select((pair, i) => First(pair.First, pair.Second, $"{path}[{i}]")).FirstOrDefault(difference => difference is not null)
        ?? (must.Length == was.Length ? null : $"{path} must have {must.Length} items (was {was.Length})");

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > LongestValue } text ? text[..LongestValue] + "…" : value.GetRawText();
}
