using System.Text.Json;

namespace Atoll.Learning.Tensors;

/// <summary>Reads a safetensors header strictly: unknown, duplicate and missing members are refused, and the tensors must fill the data without holes.</summary>
internal static class HeaderReader
{
    public const string MetadataName = "__metadata__";

    private const int Depth = 3; // { tensor: { shape: [ ] } }

    /// <returns>The tensors in the order in which their numbers lie, and the metadata.</returns>
    public static (IReadOnlyList<HeaderEntry> Entries, IReadOnlyDictionary<string, string> Metadata) Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return Document(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // InvalidOperation: text that is no UTF-8
        {
            throw new TensorFileException($"A safetensors header must be JSON of tensors, but it is not: {e.Message}", e);
        }
    }

    private static (IReadOnlyList<HeaderEntry>, IReadOnlyDictionary<string, string>) Document(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = Depth });
        Dictionary<string, HeaderEntry> entries = [];
        Dictionary<string, string>? metadata = null;
        Expect(ref reader, JsonTokenType.StartObject, "the header");
        while (Member(ref reader, out string name))
        {
            if (name == MetadataName)
            {
                metadata = metadata is null ? Metadata(ref reader) : throw Twice(name);
            }
            else if (!entries.TryAdd(name, Tensor(ref reader, name)))
            {
                throw Twice(name);
            }
        }
        if (reader.Read())
        {
            throw new JsonException("There is more after the header's object.");
        }
        return (WithoutHoles(entries.Values), metadata ?? []);
    }

    private static Dictionary<string, string> Metadata(ref Utf8JsonReader reader)
    {
        Dictionary<string, string> metadata = [];
        Expect(ref reader, JsonTokenType.StartObject, MetadataName);
        while (Member(ref reader, out string name))
        {
            Expect(ref reader, JsonTokenType.String, $"{MetadataName}.{name}");
            if (!metadata.TryAdd(name, reader.GetString()!))
            {
                throw Twice($"{MetadataName}.{name}");
            }
        }
        return metadata;
    }

    private static HeaderEntry Tensor(ref Utf8JsonReader reader, string name)
    {
        string? dtype = null;
        List<long>? shape = null, offsets = null;
        Expect(ref reader, JsonTokenType.StartObject, $"tensor '{name}'");
        while (Member(ref reader, out string member))
        {
            switch (member)
            {
                case "dtype" when dtype is null:
                    Expect(ref reader, JsonTokenType.String, $"the dtype of '{name}'");
                    dtype = reader.GetString();
                    break;
                case "shape" when shape is null: shape = Numbers(ref reader, $"the shape of '{name}'"); break;
                case "data_offsets" when offsets is null: offsets = Numbers(ref reader, $"the data_offsets of '{name}'"); break;
                case "dtype" or "shape" or "data_offsets": throw Twice($"{name}.{member}");
                default: throw new TensorFileException($"Tensor '{name}' has dtype, shape and data_offsets, but the file adds '{member}'.");
            }
        }
        if (dtype is null || shape is null || offsets is not { Count: 2 })
        {
            throw new TensorFileException($"Tensor '{name}' must have a dtype, a shape and two data_offsets.");
        }
        if (dtype != "F32")
        {
            throw new TensorFileException($"Tensor '{name}' must have dtype F32, the only one that Atoll reads, but it has '{dtype}'.");
        }
        if (shape.FindIndex(d => d > int.MaxValue) is >= 0 and var at)
        {
            throw new TensorFileException($"The shape of '{name}' must have dimensions up to {int.MaxValue}, but has {shape[at]}.");
        }
        HeaderEntry entry = new(name, [.. shape.Select(d => (int)d)], offsets[0], offsets[1]);
        if (entry.End < entry.Begin || entry.End - entry.Begin != entry.Length * sizeof(float))
        {
            throw new TensorFileException(
                $"Tensor '{name}' of shape [{string.Join(", ", shape)}] needs {entry.Length * sizeof(float)} bytes, but its data_offsets are {entry.Begin} and {entry.End}.");
        }
        return entry;
    }

    private static List<long> Numbers(ref Utf8JsonReader reader, string what)
    {
        List<long> numbers = [];
        Expect(ref reader, JsonTokenType.StartArray, what);
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
            {
                throw new TensorFileException($"{what} must hold whole numbers of at least 0.");
            }
            numbers.Add(number);
        }
        return numbers;
    }

    private static HeaderEntry[] WithoutHoles(IEnumerable<HeaderEntry> entries)
    {
        HeaderEntry[] ordered = [.. entries.OrderBy(e => e.Begin).ThenBy(e => e.End)];
        long end = 0;
        foreach (var entry in ordered)
        {
            if (entry.Begin != end)
            {
                throw new TensorFileException($"Tensors must lie one after the other, but '{entry.Name}' begins at byte {entry.Begin} of the data where {end} is due.");
            }
            end = entry.End;
        }
        return ordered;
    }

    private static bool Member(ref Utf8JsonReader reader, out string name)
    {
        bool more = Next(ref reader) != JsonTokenType.EndObject;
        name = more ? reader.GetString()! : "";
        return more;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (Next(ref reader) != type)
        {
            throw new TensorFileException($"A {type} must stand for {what}, but there is a {reader.TokenType}.");
        }
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader) => reader.Read() ? reader.TokenType : throw new JsonException("The header ends too early.");

    private static TensorFileException Twice(string name) => new($"Names must be unique in a safetensors header, but '{name}' stands there twice.");
}
