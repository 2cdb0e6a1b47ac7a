using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Atoll.Ledger.Canonical;
using Atoll.Ledger.Merkle;

namespace Atoll.Ledger.Entries;

/// <summary>
/// A line of a ledger: canonical JSON with <c>data</c>, <c>index</c>, <c>kind</c>, <c>previous</c> and <c>time</c>, and nothing else. Its hash is that of a leaf of the
/// Merkle tree, SHA-256(0x00 ‖ line); <c>previous</c> is the hash of the line before.
/// </summary>
public sealed class LedgerEntry
{
    /// <summary>The longest line, so that nobody can make a reader take all memory.</summary>
    public const int MaxBytes = 1 << 20;

    internal const int MaxKindLength = 64;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private const int TimeLength = 28;

    /// <summary>More than everything but the data takes.</summary>
    private const int EnvelopeBytes = 512;

    private static readonly SearchValues<byte> KindLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-"u8);

    private readonly ReadOnlyMemory<byte> _data;

    private LedgerEntry(ReadOnlyMemory<byte> line, ReadOnlyMemory<byte> data, long index, DateTimeOffset time, string kind, Digest previous)
    {
        (Line, _data, Index, Time, Kind, Previous) = (line, data, index, time, kind, previous);
        Hash = MerkleHash.Leaf(line.Span);
    }

    /// <summary>From 0.</summary>
    public long Index { get; }

    /// <summary>UTC.</summary>
    public DateTimeOffset Time { get; }

    public string Kind { get; }

    /// <summary>Of the entry before; zero in the first.</summary>
    public Digest Previous { get; }

    public Digest Hash { get; }

    /// <summary>UTF-8, without the line feed.</summary>
    public ReadOnlyMemory<byte> Line { get; }

    /// <summary>An object.</summary>
    public JsonElement Data => field.ValueKind == JsonValueKind.Undefined ? field = JsonElement.Parse(_data.Span) : field;

    /// <summary>Saves parsing the data of most entries that carry no signature.</summary>
    internal bool MayBeSigned => _data.Span.IndexOf("\"signed\":"u8) >= 0;

    /// <summary>The data of a kind that is known.</summary>
    /// <exception cref="LedgerException">The entry is of another kind, or its data does not have the kind's fields.</exception>
    public T Read<T>() where T : IEntryData
    {
        if (Kind != T.Kind)
        {
            throw new LedgerException($"Entry {Index} must be of kind {T.Kind} (was {Kind}).");
        }
        try
        {
            return JsonSerializer.Deserialize(_data.Span, LedgerJson.Of<T>())!;
        }
        catch (JsonException e)
        {
            throw new LedgerException($"its data is not that of {Kind}: {e.Message}", e);
        }
    }

    /// <exception cref="LedgerException">The kind is not a legal name, the data is no object, has no canonical form, or is too long.</exception>
    public static LedgerEntry Create(long index, DateTimeOffset time, EntryDraft draft, Digest previous) => Create(index, time, draft.Kind, CanonicalData(draft), previous);

    /// <param name="data">From <see cref="CanonicalData"/>.</param>
    internal static LedgerEntry Create(long index, DateTimeOffset time, string kind, byte[] data, Digest previous)
    {
        ReadOnlySpan<byte> head = "{\"data\":"u8;
        byte[] tail = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"index\":{index},\"kind\":\"{kind}\",\"previous\":\"{previous}\",\"time\":\"{Text(time)}\"}}"));
        byte[] line = [.. head, .. data, .. tail];
        return new(line, line.AsMemory(head.Length, data.Length), index, time.ToUniversalTime(), kind, previous);
    }

    /// <summary>A draft's data as it will stand in the line.</summary>
    internal static byte[] CanonicalData(EntryDraft draft)
    {
        if (!IsKind(Encoding.UTF8.GetBytes(draft.Kind)))
        {
            throw new LedgerException($"An entry's kind must be 1 to {MaxKindLength} lower-case letters, digits and hyphens (was '{draft.Kind}').");
        }
        if (draft.Data.ValueKind != JsonValueKind.Object)
        {
            throw new LedgerException($"An entry's data must be a JSON object (was {draft.Data.ValueKind}).");
        }
        try
        {
            byte[] data = CanonicalJson.Of(draft.Data);
            // A line is nested one deeper than its data: what is as deep as JSON may be here would not be read there.
            if (CanonicalJson.WhyNot([.. "{\"data\":"u8, .. data, (byte)'}']) is { } reason)
            {
                throw new FormatException(reason);
            }
            return data.Length <= MaxBytes - EnvelopeBytes ? data
                : throw new LedgerException($"An entry's data must have at most {MaxBytes - EnvelopeBytes} bytes, but this {draft.Kind} has {data.Length}. Put what is large in a file of its own, and its SHA-256 here.");
        }
        catch (FormatException e)
        {
            throw new LedgerException($"An entry's data must have a canonical form: {e.Message}", e);
        }
    }

    /// <param name="line">Kept, not copied.</param>
    /// <exception cref="LedgerException">It is not the canonical line of an entry; the message is the reason alone.</exception>
    public static LedgerEntry Parse(ReadOnlyMemory<byte> line)
    {
        if (line.Length > MaxBytes)
        {
            throw new LedgerException($"it must have at most {MaxBytes} bytes, but has {line.Length}");
        }
        if (CanonicalJson.WhyNot(line.Span) is { } reason)
        {
            throw new LedgerException($"its line is not canonical JSON: {reason}");
        }
        // Canonical JSON has these members in this order, if it has no others.
        Utf8JsonReader reader = new(line.Span);
        Expect(ref reader, JsonTokenType.StartObject, "an object");
        Member(ref reader, "data"u8);
        Expect(ref reader, JsonTokenType.StartObject, "an object as data");
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        ReadOnlyMemory<byte> data = line[start..(int)reader.BytesConsumed];
        Member(ref reader, "index"u8);
        Expect(ref reader, JsonTokenType.Number, "a number as index");
        if (!reader.TryGetInt64(out long index) || index < 0)
        {
            throw new LedgerException("its index must be an integer from 0");
        }
        Member(ref reader, "kind"u8);
        Expect(ref reader, JsonTokenType.String, "a string as kind");
        string kind = IsKind(reader.ValueSpan) ? EntryKind.Shared(reader.ValueSpan)
            : throw new LedgerException($"its kind must be 1 to {MaxKindLength} lower-case letters, digits and hyphens (was '{Encoding.UTF8.GetString(reader.ValueSpan)}')");
        Member(ref reader, "previous"u8);
        Expect(ref reader, JsonTokenType.String, "a string as previous");
        Digest previous = Digest.TryParse(Encoding.UTF8.GetString(reader.ValueSpan), out Digest digest) ? digest : throw new LedgerException("its previous must be a SHA-256 hash in hexadecimal");
        Member(ref reader, "time"u8);
        Expect(ref reader, JsonTokenType.String, "a string as time");
        DateTimeOffset time = TryReadTime(reader.ValueSpan, out DateTime utc) ? new(utc)
            : throw new LedgerException($"its time must be like 2026-01-31T23:59:59.0000000Z (was '{Encoding.UTF8.GetString(reader.ValueSpan)}')");
        Expect(ref reader, JsonTokenType.EndObject, "no other members");
        return new(line, data, index, time, kind, previous);
    }

    internal static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static bool TryReadTime(ReadOnlySpan<byte> text, out DateTime utc)
    {
        Span<char> chars = stackalloc char[TimeLength];
        utc = default;
        return text.Length == TimeLength && Encoding.UTF8.TryGetChars(text, chars, out int length)
            && DateTime.TryParseExact(chars[..length], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out utc);
    }

    private static bool IsKind(ReadOnlySpan<byte> kind) => kind.Length is > 0 and <= MaxKindLength && kind.IndexOfAnyExcept(KindLetters) < 0;

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new LedgerException($"it must have {what} there (was {reader.TokenType})");
        }
    }

    private static void Member(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(name))
        {
            throw new LedgerException($"an entry must have the members data, index, kind, previous and time, but {Encoding.UTF8.GetString(name)} is not where it must be");
        }
    }
}
