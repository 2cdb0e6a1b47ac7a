using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atoll.Ledger.Entries;

/// <summary>The run was stopped. Only a tree head follows.</summary>
public sealed record RunAborted : IEntryData
{
    public static string Kind => EntryKind.RunAborted;

    /// <summary>One sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
