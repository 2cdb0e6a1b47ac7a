using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Atoll.Ledger.Canonical;

/// <summary>
/// JSON in its one canonical form: no white space, members by the UTF-16 code units of their names, numbers as ECMAScript writes them, the fewest escapes.
/// </summary>
/// <remarks>
/// RFC 8785, <see href="https://www.rfc-editor.org/rfc/rfc8785"/>. Strict where the RFC leaves room: a name twice in an object, a number that is not finite,
/// half a surrogate pair, text that is not UTF-8 and an integer that no double holds are refused.
/// </remarks>
public static class CanonicalJson
{
    public const int MaxDepth = 64;

    private static readonly JsonReaderOptions Strict = new() { CommentHandling = JsonCommentHandling.Disallow, AllowTrailingCommas = false, MaxDepth = MaxDepth };

    /// <returns>UTF-8.</returns>
    /// <exception cref="FormatException">It is not JSON, or has no canonical form.</exception>
    public static byte[] Of(ReadOnlySpan<byte> json)
    {
        try
        {
            Utf8JsonReader reader = new(json, Strict);
            ArrayBufferWriter<byte> output = new(json.Length + 16);
            reader.Read();
            Write(ref reader, output);
            if (reader.Read())
            {
                throw new FormatException("There must be one JSON value, but there are more.");
            }
            return output.WrittenSpan.ToArray();
        }
        catch (JsonException e)
        {
            throw new FormatException($"It must be JSON: {e.Message}", e);
        }
        catch (InvalidOperationException e) // what the reader throws for text that is not UTF-8, and for half a surrogate pair
        {
            throw new FormatException($"Its text must be Unicode: {e.Message}", e);
        }
    }

    public static byte[] Of(JsonElement json) => Of(JsonSerializer.SerializeToUtf8Bytes(json, CanonicalContext.Default.JsonElement));

    /// <summary>What keeps bytes from being canonical JSON; null when they are.</summary>
    public static string? WhyNot(ReadOnlySpan<byte> json) => CanonicalCheck.WhyNot(json, Strict);

    /// <summary>A string with its quotation marks.</summary>
    internal static void WriteString(string text, IBufferWriter<byte> output)
    {
        StringBuilder escaped = new(text.Length + 2);
        escaped.Append('"');
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\b' => escaped.Append("\\b"),
                '\t' => escaped.Append("\\t"),
                '\n' => escaped.Append("\\n"),
                '\f' => escaped.Append("\\f"),
                '\r' => escaped.Append("\\r"),
                < ' ' => escaped.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => escaped.Append(c),
            };
        }
        escaped.Append('"');
        Encoding.UTF8.GetBytes(escaped.ToString(), output);
    }

    private static void Write(ref Utf8JsonReader reader, IBufferWriter<byte> output)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref reader, output);
                break;
            case JsonTokenType.StartArray:
                output.Write("["u8);
                for (bool isFirst = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; isFirst = false)
                {
                    output.Write(isFirst ? [] : ","u8);
                    Write(ref reader, output);
                }
                output.Write("]"u8);
                break;
            case JsonTokenType.String:
                WriteString(reader.GetString()!, output);
                break;
            case JsonTokenType.Number:
                Encoding.ASCII.GetBytes(Number(reader.ValueSpan), output);
                break;
            default:
                output.Write(reader.ValueSpan); // true, false, null
                break;
        }
    }

    private static void WriteObject(ref Utf8JsonReader reader, IBufferWriter<byte> output)
    {
        List<(string Name, byte[] Value)> members = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = reader.GetString()!;
            reader.Read();
            ArrayBufferWriter<byte> value = new();
            Write(ref reader, value);
            members.Add((name, value.WrittenSpan.ToArray()));
        }
        members.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        output.Write("{"u8);
        for (int i = 0; i < members.Count; i++)
        {
            if (i > 0 && members[i].Name == members[i - 1].Name)
            {
                throw new FormatException($"A name must occur once in an object, but '{members[i].Name}' is there twice.");
            }
            output.Write(i > 0 ? ","u8 : []);
            WriteString(members[i].Name, output);
            output.Write(":"u8);
            output.Write(members[i].Value);
        }
        output.Write("}"u8);
    }

    /// <exception cref="FormatException">It overflows, or would be changed.</exception>
    internal static string Number(ReadOnlySpan<byte> written)
    {
        double value = double.Parse(written, System.Globalization.CultureInfo.InvariantCulture);
        string canonical = CanonicalNumber.Format(value);
        return CanonicalNumber.IsKept(written, value, canonical) ? canonical
            : throw new FormatException($"An integer beyond 2^53 must be one that a double holds, written as {canonical} (was {Encoding.ASCII.GetString(written)}). Write it as a string.");
    }
}
