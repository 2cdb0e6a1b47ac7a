using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Ledger.Merkle;

namespace Atoll.Ledger.Entries;

/// <summary>A site's update was checked, is on disk, and will count in exactly one aggregation. It is named by its entry's index.</summary>
public sealed record UpdateReceived : IEntryData
{
    public static string Kind => EntryKind.UpdateReceived;

    public required string Site { get; init; }

    /// <summary>Where the run has several arms.</summary>
    public string? Arm { get; init; }

    /// <summary>The open round that it counts in; in asynchronous training not the one that it was trained for.</summary>
    public required long Round { get; init; }

    /// <summary>SHA-256 of the update's file.</summary>
    public required Digest Update { get; init; }

    /// <summary>Index of the task-taken entry that it answers; each is answered once. Without it a site has one update a round.</summary>
    public long? Task { get; init; }

    /// <summary>In asynchronous training: its task's, which the site vouches for in place of the round.</summary>
    public long? Turn { get; init; }

    public long? Bytes { get; init; }

    /// <summary>How many rows it was trained on.</summary>
    public long? Rows { get; init; }

    /// <summary>Optimizer steps.</summary>
    public long? Steps { get; init; }

    /// <summary>How many plain gradient steps they were worth.</summary>
    public double? EffectiveSteps { get; init; }

    /// <summary>Samples that were trained on, repeats counted.</summary>
    public long? Samples { get; init; }

    /// <summary>Mean over the steps.</summary>
    public double? TrainingLoss { get; init; }

    /// <summary>How long training took at the site.</summary>
    public double? Seconds { get; init; }

    /// <summary>The site's word on it; required of a site that has a key.</summary>
    public SignedStatement? Signed { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
