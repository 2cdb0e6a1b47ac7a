using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atoll.Ledger.Entries;

/// <summary>A site no longer answers.</summary>
public sealed record SiteLost : IEntryData
{
    public static string Kind => EntryKind.SiteLost;

    public required string Site { get; init; }

    public required string Reason { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
