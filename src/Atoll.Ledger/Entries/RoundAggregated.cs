using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Ledger.Merkle;

namespace Atoll.Ledger.Entries;

/// <summary>Updates became a model, and the round is over.</summary>
public sealed record RoundAggregated : IEntryData
{
    public static string Kind => EntryKind.RoundAggregated;

    /// <summary>Where the run has several arms.</summary>
    public string? Arm { get; init; }

    public required long Round { get; init; }

    /// <summary>Indices of the update-received entries that were counted.</summary>
    public required IReadOnlyList<long> Updates { get; init; }

    /// <summary>SHA-256 of the model after it.</summary>
    public required Digest Model { get; init; }

    public long? Bytes { get; init; }

    /// <summary>SHA-256 of all that the next round depends on: the weights, and what algorithms remember between rounds.</summary>
    public Digest? State { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
