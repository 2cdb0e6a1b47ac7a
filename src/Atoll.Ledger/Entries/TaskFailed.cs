using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atoll.Ledger.Entries;

/// <summary>A site has no update for a task that it took.</summary>
public sealed record TaskFailed : IEntryData
{
    public static string Kind => EntryKind.TaskFailed;

    public required string Site { get; init; }

    /// <summary>Where the run has several arms.</summary>
    public string? Arm { get; init; }

    public required long Round { get; init; }

    /// <summary>Index of its task-taken entry.</summary>
    public required long Task { get; init; }

    /// <summary>One sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
