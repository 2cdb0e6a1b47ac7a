using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;

namespace Atoll.Ledger.Entries;

/// <summary>A site takes part from now on. A site enrols once.</summary>
public sealed record SiteEnrolled : IEntryData
{
    public static string Kind => EntryKind.SiteEnrolled;

    public required string Site { get; init; }

    /// <summary>What the site signs with. A site without one is believed on the coordinator's word, and a verifier says so.</summary>
    public PublicKey? Key { get; init; }

    /// <summary>The client's program and version.</summary>
    public string? Client { get; init; }

    /// <summary>SHA-256 of what the site told of its columns, JSON.</summary>
    public Digest? Summaries { get; init; }

    /// <summary>Hardware and grid, as the site says.</summary>
    public JsonElement? Declares { get; init; }

    /// <summary>The site's proof that it holds the key; a statement that names the same site and key.</summary>
    public SignedStatement? Signed { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
