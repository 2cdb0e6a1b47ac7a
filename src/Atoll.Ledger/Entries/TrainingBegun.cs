using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atoll.Ledger.Entries;

/// <summary>These sites take part in the rounds.</summary>
public sealed record TrainingBegun : IEntryData
{
    public static string Kind => EntryKind.TrainingBegun;

    public required IReadOnlyList<string> Sites { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
