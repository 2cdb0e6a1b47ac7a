using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Ledger.Merkle;

namespace Atoll.Experiments.Protocol;

/// <summary>
/// One line that lets one site join once: where the coordinator is, a secret, and whose certificates to believe. Written <c>atoll1_</c> and base64url of JSON.
/// </summary>
public sealed record JoinToken
{
    private const string Prefix = "atoll1_";

    /// <summary>Where the coordinator is, as sites reach it: <c>https://host:port</c>.</summary>
    public required Uri Url { get; init; }

    public required string Run { get; init; }

    public required string Site { get; init; }

    /// <summary>32 random bytes, base64url.</summary>
    public required string Secret { get; init; }

    /// <summary>SHA-256 of the certificate, DER, of the coordinator's own certificate authority.</summary>
    public required Digest Authority { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <exception cref="FormatException">It is no token.</exception>
    public static JoinToken Parse(string text)
    {
        string body = text.Trim();
        JoinToken? token = body.StartsWith(Prefix, StringComparison.Ordinal) ? Decode(body.AsSpan(Prefix.Length)) : null;
        return token is { Url: { IsAbsoluteUri: true, Scheme: "https" } } ? token
            : throw new FormatException($"A token must begin with {Prefix} and hold an https address. Copy the whole line that `atoll serve` printed for this site.");
    }

    private static JoinToken? Decode(ReadOnlySpan<char> body)
    {
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(body), JoinTokenJson.Default.JoinToken);
        }
        catch (Exception broken) when (broken is JsonException or FormatException)
        {
            throw new FormatException("A token must be whole, but this one is cut off or changed. Copy the whole line that `atoll serve` printed for this site.", broken);
        }
    }

    public override string ToString() => Prefix + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, JoinTokenJson.Default.JoinToken)));
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JoinToken))]
internal sealed partial class JoinTokenJson : JsonSerializerContext;
