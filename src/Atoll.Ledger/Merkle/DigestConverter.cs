using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atoll.Ledger.Merkle;

/// <summary>Hashes in JSON.</summary>
public sealed class DigestConverter : JsonConverter<Digest>
{
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return Digest.TryParse(text, out Digest digest) ? digest
            : throw new JsonException($"a SHA-256 hash must be 64 lower-case hexadecimal digits (was '{text ?? reader.TokenType.ToString()}').");
    }

    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
