using System.Collections.Concurrent;
using System.Text.Json;
using Atoll.Ledger.Canonical;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Signing;

namespace Atoll.Ledger.Verification;

/// <summary>Who is enrolled with which key, and which nonces they used.</summary>
internal sealed class Sites
{
    private readonly ConcurrentDictionary<string, PublicKey?> _keys = new(StringComparer.Ordinal); // read by other threads than the one that enrols
    private readonly HashSet<(string Site, string Nonce)> _nonces = [];

    public int Count => _keys.Count;

    public int WithoutKey => _keys.Values.Count(key => key is null);

    public string? WhyNotEnrolled(string? site) => site is null || _keys.ContainsKey(site) ? null : $"'{site}' must be an enrolled site";

    public string? Enrol(string site, PublicKey? key) =>
        !SiteName.IsLegal(site) ? $"{SiteName.Rule} (was '{site}')"
        : _keys.TryAdd(site, key) ? null : $"'{site}' is enrolled already";

    /// <summary>Whether what a site sends must bear its signature.</summary>
    public string? WhyNotUnsigned(string site) => _keys.TryGetValue(site, out PublicKey? key) && key is not null ? $"'{site}' has a key, so its entry must be signed" : null;

    /// <summary>The check that an entry's signature asks for; null where it carries none.</summary>
    /// <param name="enrolling">The key that the entry itself enrols its author with.</param>
    /// <exception cref="LedgerException">It is not what a signed statement must be.</exception>
    public SignatureCheck? CheckOf(LedgerEntry entry, string run, PublicKey? enrolling = null)
    {
        if (!entry.MayBeSigned || !entry.Data.TryGetProperty("signed", out JsonElement member))
        {
            return null;
        }
        SignedStatement signed = Parse(member);
        PublicKey? key = _keys.TryGetValue(signed.Author, out PublicKey? enrolled) ? enrolled : enrolling;
        if (key is null)
        {
            throw new LedgerException($"its author '{signed.Author}' must be a site that enrolled with a key");
        }
        Require(signed, entry.Data, run);
        return new(entry.Index, $"the signature of '{signed.Author}'", Signed.Message(entry.Kind, CanonicalJson.Of(signed.Statement)), signed.Signature, key);
    }

    /// <summary>Why a signed entry's nonce cannot be taken; null where it is new.</summary>
    public string? WhyReplayed(LedgerEntry entry) =>
        NonceOf(entry) is var used && _nonces.Contains(used) ? $"'{used.Site}' used the nonce '{used.Nonce}' before: it is a replay" : null;

    public void UseNonce(LedgerEntry entry) => _nonces.Add(NonceOf(entry));

    private static (string Site, string Nonce) NonceOf(LedgerEntry entry)
    {
        SignedStatement signed = Parse(entry.Data.GetProperty("signed"));
        return (signed.Author, Text(signed.Statement, "nonce"));
    }

    private static SignedStatement Parse(JsonElement member)
    {
        try
        {
            return member.Deserialize(LedgerJson.Default.SignedStatement) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new LedgerException($"its 'signed' must have author, statement and signature: {e.Message}", e);
        }
    }

    private static void Require(SignedStatement signed, JsonElement data, string run)
    {
        if (signed.Statement.ValueKind != JsonValueKind.Object)
        {
            throw new LedgerException($"a signed statement must be an object (was {signed.Statement.ValueKind})");
        }
        if (Text(signed.Statement, "run") is var named && named != run)
        {
            throw new LedgerException($"its statement must be for the run '{run}' (was '{named}')");
        }
        if (Text(signed.Statement, "site") is var site && site != signed.Author)
        {
            throw new LedgerException($"its statement's site must be its author '{signed.Author}' (was '{site}')");
        }
        if (Text(signed.Statement, "nonce").Length is 0 or > 64)
        {
            throw new LedgerException("its statement's nonce must have 1 to 64 characters");
        }
        foreach (JsonProperty said in signed.Statement.EnumerateObject())
        {
            if (data.TryGetProperty(said.Name, out JsonElement told) && !JsonElement.DeepEquals(said.Value, told))
            {
                throw new LedgerException($"'{signed.Author}' signed {said.Name} {said.Value.GetRawText()}, but the entry says {told.GetRawText()}");
            }
        }
    }

    private static string Text(JsonElement statement, string name) =>
        statement.ValueKind == JsonValueKind.Object && statement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()!
        : throw new LedgerException($"a signed statement must have a text '{name}'");
}
