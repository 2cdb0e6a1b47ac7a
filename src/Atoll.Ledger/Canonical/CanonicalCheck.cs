using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Atoll.Ledger.Canonical;

/// <summary>Whether bytes are canonical JSON, in one pass and without making the canonical form: what a verifier asks of every entry.</summary>
internal static class CanonicalCheck
{
    /// <param name="strict">How JSON is read.</param>
    /// <returns>Null where they are.</returns>
    public static string? WhyNot(ReadOnlySpan<byte> json, JsonReaderOptions strict)
    {
        if (!Utf8.IsValid(json))
        {
            return "it is not UTF-8";
        }
        try
        {
            return Check(json, strict);
        }
        catch (JsonException e)
        {
            return $"it is not JSON: {e.Message}";
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            return e.Message;
        }
    }

    private static string? Check(ReadOnlySpan<byte> json, JsonReaderOptions strict)
    {
        Utf8JsonReader reader = new(json, strict);
        // What the tokens, commas and colons take. The grammar allows nothing between them but white space, so whatever is left over is that.
        long needed = 0;
        Span<(int Start, int Length)> names = stackalloc (int, int)[CanonicalJson.MaxDepth + 1];
        Span<int> children = stackalloc int[CanonicalJson.MaxDepth + 1];
        while (reader.Read())
        {
            int depth = reader.CurrentDepth;
            ReadOnlySpan<byte> value = reader.ValueSpan;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    int start = (int)reader.TokenStartIndex + 1;
                    if (children[depth]++ > 0)
                    {
                        needed++;
                        (int previous, int length) = names[depth];
                        if (Compare(json.Slice(previous, length), value) >= 0)
                        {
                            return $"its members are not in order, or one is there twice: '{Encoding.UTF8.GetString(value)}' after '{Encoding.UTF8.GetString(json.Slice(previous, length))}'";
                        }
                    }
                    names[depth] = (start, value.Length);
                    needed += value.Length + 3;
                    if (reader.ValueIsEscaped && !IsFewestEscapes(ref reader, value))
                    {
                        return $"the name '{Encoding.UTF8.GetString(value)}' has another canonical form";
                    }
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    needed++;
                    continue;
            }
            // A member's value was counted with its name; an element of an array is counted here.
            if (depth > 0 && IsInArray(names, depth) && children[depth]++ > 0)
            {
                needed++;
            }
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    needed++;
                    children[depth + 1] = 0;
                    names[depth + 1] = default;
                    break;
                case JsonTokenType.StartArray:
                    needed++;
                    children[depth + 1] = 0;
                    names[depth + 1] = (-1, 0);
                    break;
                case JsonTokenType.String:
                    needed += value.Length + 2;
                    if (reader.ValueIsEscaped && !IsFewestEscapes(ref reader, value))
                    {
                        return $"the string '{Encoding.UTF8.GetString(value)}' has another canonical form";
                    }
                    break;
                case JsonTokenType.Number:
                    needed += value.Length;
                    if (!IsPlain(value) && !Ascii.Equals(value, CanonicalJson.Number(value)))
                    {
                        return $"the number {Encoding.UTF8.GetString(value)} has another canonical form: {CanonicalJson.Number(value)}";
                    }
                    break;
                default:
                    needed += value.Length;
                    break;
            }
        }
        return needed == json.Length ? null : "it has white space between its parts";
    }

    private static bool IsInArray(Span<(int Start, int Length)> names, int depth) => names[depth].Start == -1;

    /// <summary>Short integers, which are most numbers of a ledger; the grammar has seen to leading zeros.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> number) => number.Length <= 15 && !number.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsFewestEscapes(ref Utf8JsonReader reader, ReadOnlySpan<byte> written)
    {
        ArrayBufferWriter<byte> canonical = new(written.Length + 2);
        CanonicalJson.WriteString(reader.GetString()!, canonical);
        return canonical.WrittenSpan[1..^1].SequenceEqual(written);
    }

    /// <summary>By UTF-16 code units, as the names read.</summary>
    private static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        IsSimple(left) && IsSimple(right) ? left.SequenceCompareTo(right) : string.CompareOrdinal(Unescaped(left), Unescaped(right));

    private static bool IsSimple(ReadOnlySpan<byte> name) => Ascii.IsValid(name) && !name.Contains((byte)'\\');

    private static string Unescaped(ReadOnlySpan<byte> name)
    {
        Utf8JsonReader reader = new((byte[])[(byte)'"', .. name, (byte)'"']);
        reader.Read();
        return reader.GetString()!;
    }
}
