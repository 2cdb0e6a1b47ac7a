using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Ledger.Merkle;

namespace Atoll.Ledger.Entries;

/// <summary>The weights that sites begin a round from.</summary>
public sealed record ModelPublished : IEntryData
{
    public static string Kind => EntryKind.ModelPublished;

    /// <summary>Where the run has several arms.</summary>
    public string? Arm { get; init; }

    public required long Round { get; init; }

    /// <summary>SHA-256 of the model's file.</summary>
    public required Digest Model { get; init; }

    public long? Bytes { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
