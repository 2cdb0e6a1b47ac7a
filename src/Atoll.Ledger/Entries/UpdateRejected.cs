using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Ledger.Merkle;

namespace Atoll.Ledger.Entries;

/// <summary>An update that does not count.</summary>
public sealed record UpdateRejected : IEntryData
{
    public static string Kind => EntryKind.UpdateRejected;

    /// <summary>Null where it is not known whose it was.</summary>
    public string? Site { get; init; }

    /// <summary>Where the run has several arms.</summary>
    public string? Arm { get; init; }

    public long? Round { get; init; }

    /// <summary>Index of the task-taken entry that it was meant to answer.</summary>
    public long? Task { get; init; }

    /// <summary>One sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>SHA-256 of what came; null where it did not come whole.</summary>
    public Digest? Update { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
