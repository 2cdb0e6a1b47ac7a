using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Ledger.Merkle;

namespace Atoll.Ledger.Entries;

/// <summary>An arm came to its end.</summary>
public sealed record ArmFinished : IEntryData
{
    public static string Kind => EntryKind.ArmFinished;

    public required string Arm { get; init; }

    /// <summary>Rounds that changed its model.</summary>
    public required long Rounds { get; init; }

    /// <summary>SHA-256 of the trained model's file; null where the arm stopped.</summary>
    public Digest? Model { get; init; }

    /// <summary>Why it stopped before its end; null where it did not.</summary>
    public string? Stopped { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
