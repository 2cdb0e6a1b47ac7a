using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Ledger.Merkle;

namespace Atoll.Ledger.Entries;

/// <summary>A site has begun to train for a round. In asynchronous training: it was given the task, which begins from the round's model.</summary>
public sealed record TaskTaken : IEntryData
{
    public static string Kind => EntryKind.TaskTaken;

    public required string Site { get; init; }

    /// <summary>Where the run has several arms.</summary>
    public string? Arm { get; init; }

    public required long Round { get; init; }

    /// <summary>SHA-256 of the model that it begins from.</summary>
    public Digest? Model { get; init; }

    /// <summary>In asynchronous training: which of the site's own tasks it is, from 1.</summary>
    public long? Turn { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
