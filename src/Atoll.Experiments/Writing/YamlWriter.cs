using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atoll.Experiments.Yaml;

namespace Atoll.Experiments.Writing;

/// <summary>A tree to YAML: mappings in blocks, lists in brackets, and text in quotes wherever it could be read as anything else.</summary>
internal static class YamlWriter
{
    public static string Write(JsonObject tree)
    {
        StringBuilder yaml = new();
        Block(tree, 0, yaml);
        return yaml.ToString();
    }

    private static void Block(JsonObject mapping, int indent, StringBuilder yaml)
    {
        foreach ((string name, JsonNode? value) in mapping)
        {
            yaml.Append(' ', indent).Append(Text(name)).Append(':');
            if (value is JsonObject { Count: > 0 } inner && inner.Any(f => f.Value is JsonObject or JsonArray))
            {
                yaml.Append('\n');
                Block(inner, indent + 2, yaml);
            }
            else
            {
                Flow(value, yaml.Append(' '));
                yaml.Append('\n');
            }
        }
    }

    private static void Flow(JsonNode? node, StringBuilder yaml)
    {
        switch (node)
        {
            case JsonObject { Count: 0 }:
                yaml.Append("{}");
                break;
            case JsonObject mapping:
                Separated("{ ", mapping, " }", yaml, f => Flow(f.Value, yaml.Append(Text(f.Key)).Append(": ")));
                break;
            case JsonArray list:
                Separated("[", list, "]", yaml, item => Flow(item, yaml));
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String:
                yaml.Append(Text(value.GetValue<string>()));
                break;
            default:
                yaml.Append(node is null ? "null" : Scalar(node.ToJsonString()));
                break;
        }
    }

    /// <summary>JSON's numbers and booleans are YAML's; but to YAML 1.1, which many tools still read, a number with an exponent needs a point too.</summary>
    private static string Scalar(string json) => json.IndexOf('E') is > 0 and int e && !json.Contains('.') ? json.Insert(e, ".0") : json;

    private static void Separated<T>(string open, IEnumerable<T> items, string close, StringBuilder yaml, Action<T> write)
    {
        yaml.Append(open);
        string separator = "";
        foreach (T item in items)
        {
            yaml.Append(separator);
            write(item);
            separator = ", ";
        }
        yaml.Append(close);
    }

    private static string Text(string text) => IsSafe(text) ? text : Quoted(text);

    private static bool IsSafe(string text) => text.Length > 0 && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && CoreSchema.IsText(text);

    private static string Quoted(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            // YAML may fold or refuse these where they are written as themselves.
            quoted = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ when char.IsControl(c) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => quoted.Append(c),
            };
        }
        return quoted.Append('"').ToString();
    }
}
