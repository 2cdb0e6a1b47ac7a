using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Atoll.Learning.Tensors;

/// <summary>Writes a safetensors header: the same tensors and metadata give the same bytes.</summary>
internal static class HeaderWriter
{
    private const int Alignment = 8;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The header's length in eight bytes, then the header, with spaces up to a multiple of eight.</summary>
    public static byte[] Write(IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ArrayBufferWriter<byte> buffer = new();
        buffer.Write(stackalloc byte[sizeof(ulong)]);
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(HeaderReader.MetadataName);
                foreach (var (name, text) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    json.WriteString(Text(name), Text(text));
                }
                json.WriteEndObject();
            }
            Tensors(json, tensors);
            json.WriteEndObject();
        }
        buffer.Write(Enumerable.Repeat((byte)' ', (Alignment - buffer.WrittenCount % Alignment) % Alignment).ToArray());

        byte[] header = buffer.WrittenSpan.ToArray();
        int length = header.Length - sizeof(ulong);
        Require.That(length <= SafetensorsFile.MaximumHeaderBytes, $"A safetensors header may have at most {SafetensorsFile.MaximumHeaderBytes} bytes, but this one has {length}.");
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        return header;
    }

    private static void Tensors(Utf8JsonWriter json, IReadOnlyList<NamedTensor> tensors)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        long end = 0;
        foreach (var tensor in tensors)
        {
            Require.That(tensor.Name != HeaderReader.MetadataName, $"'{HeaderReader.MetadataName}' is reserved and cannot name a tensor.");
            Require.That(names.Add(tensor.Name), $"Tensors must have different names, but '{tensor.Name}' was given twice.");
            json.WriteStartObject(Text(tensor.Name));
            json.WriteString("dtype", "F32");
            json.WriteStartArray("shape");
            foreach (int d in tensor.Dimensions)
            {
                json.WriteNumberValue(d);
            }
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(end);
            json.WriteNumberValue(end += (long)tensor.Values.Length * sizeof(float));
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <summary>The text, when it can be written as UTF-8: half of a surrogate pair would be replaced, and two names could become one.</summary>
    private static string Text(string text)
    {
        try
        {
            s_strict.GetByteCount(text);
            return text;
        }
        catch (EncoderFallbackException e)
        {
            throw new InvalidOperationException($"Names and metadata must be Unicode text, but character {e.Index} of one of {text.Length} is half of a pair.", e);
        }
    }
}
