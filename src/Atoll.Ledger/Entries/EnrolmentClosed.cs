using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Ledger.Merkle;

namespace Atoll.Ledger.Entries;

/// <summary>No more sites are let in; those that enrolled get ready.</summary>
public sealed record EnrolmentClosed : IEntryData
{
    public static string Kind => EntryKind.EnrolmentClosed;

    public required IReadOnlyList<string> Sites { get; init; }

    /// <summary>SHA-256 of how all of them encode their rows: the schemas by arm, JSON.</summary>
    public Digest? Schemas { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
