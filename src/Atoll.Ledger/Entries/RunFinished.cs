using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Ledger.Merkle;

namespace Atoll.Ledger.Entries;

/// <summary>The run came to its end: every round is over. Only a tree head follows.</summary>
public sealed record RunFinished : IEntryData
{
    public static string Kind => EntryKind.RunFinished;

    /// <summary>SHA-256 of the models, by arm.</summary>
    public IReadOnlyDictionary<string, Digest>? Models { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
