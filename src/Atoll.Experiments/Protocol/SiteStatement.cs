using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Signing;

namespace Atoll.Experiments.Protocol;

/// <summary>
/// What a site signs of what it sends: the message's own members, without <c>signed</c> and what the ledger has no use for, and <c>run</c>, <c>site</c> and <c>nonce</c>.
/// The coordinator makes the same from the message that it got, and compares.
/// </summary>
public static class SiteStatement
{
    /// <summary>The domain of a preparation's signature.</summary>
    public const string SitePrepared = "site-prepared";

    /// <summary>Of kind <c>site-enrolled</c>: the site's key only, which is in the ledger; what it tells of its columns is not.</summary>
    public static JsonElement Of(PublicKey key, string run, string site, string nonce) => Element(new JsonObject { ["key"] = key.ToString() }, run, site, nonce);

    public static JsonElement Of(PreparationMessage message, string run, string site, string nonce) =>
        Element(Members(message, ProtocolJson.Default.PreparationMessage), run, site, nonce);

    public static JsonElement Of(UpdateMessage message, string run, string site, string nonce) =>
        Element(Members(message, ProtocolJson.Default.UpdateMessage, but: "seconds"), run, site, nonce);

    /// <summary>Metrics that are not defined are left out, as in the ledger.</summary>
    public static JsonElement Of(EvaluationMessage message, string run, string site, string nonce)
    {
        JsonObject members = Members(message, ProtocolJson.Default.EvaluationMessage);
        JsonObject metrics = members["metrics"]!.AsObject();
        foreach (string undefined in metrics.Where(metric => metric.Value is null).Select(metric => metric.Key).ToArray())
        {
            metrics.Remove(undefined);
        }
        return Element(members, run, site, nonce);
    }

    public static JsonElement Of(ReadingMessage message, string run, string site, string nonce) =>
        Element(Members(message, ProtocolJson.Default.ReadingMessage), run, site, nonce);

    /// <summary>The nonce of a statement; null where it has none.</summary>
    public static string? NonceOf(SignedStatement signed)
    {
        try
        {
            return signed.Statement is { ValueKind: JsonValueKind.Object } statement && statement.TryGetProperty("nonce", out JsonElement nonce) && nonce.ValueKind == JsonValueKind.String ? nonce.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair is no text
        }
    }

    private static JsonObject Members<T>(T message, JsonTypeInfo<T> type, string? but = null)
    {
        JsonObject members = JsonSerializer.SerializeToNode(message, type)!.AsObject();
        members.Remove("signed");
        if (but is not null)
        {
            members.Remove(but);
        }
        return members;
    }

    private static JsonElement Element(JsonObject members, string run, string site, string nonce)
    {
        (members["run"], members["site"], members["nonce"]) = (run, site, nonce);
        using JsonDocument document = JsonDocument.Parse(members.ToJsonString());
        return document.RootElement.Clone();
    }
}
