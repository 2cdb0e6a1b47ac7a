using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atoll.Ledger.Entries;

/// <summary>A site that was lost answers again.</summary>
public sealed record SiteReturned : IEntryData
{
    public static string Kind => EntryKind.SiteReturned;

    public required string Site { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
