using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atoll.Ledger.Entries;

/// <summary>From now on updates count in this round. Rounds of an arm are opened in rising order; several may be open at once.</summary>
public sealed record RoundOpened : IEntryData
{
    public static string Kind => EntryKind.RoundOpened;

    /// <summary>Where the run has several arms.</summary>
    public string? Arm { get; init; }

    public required long Round { get; init; }

    /// <summary>Which sites are asked; null where that is decided as they come.</summary>
    public IReadOnlyList<string>? Sites { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
