using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atoll.Ledger.Entries;

/// <summary>A site has encoded its rows.</summary>
public sealed record SitePrepared : IEntryData
{
    public static string Kind => EntryKind.SitePrepared;

    public required string Site { get; init; }

    /// <summary>By arm: how many rows to train and to test on, and of which label.</summary>
    public required JsonElement Arms { get; init; }

    /// <summary>The site's word on it; required of a site that has a key.</summary>
    public SignedStatement? Signed { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
