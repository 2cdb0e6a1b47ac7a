using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;

namespace Atoll.Ledger.Entries;

/// <summary>The first entry: which run this is, and whose ledger.</summary>
public sealed record RunCreated : IEntryData
{
    public static string Kind => EntryKind.RunCreated;

    /// <summary>Of the ledger, 1.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The run's name, unlike any other's: 1 to 100 letters, digits, hyphens, underscores and full stops, the first a letter or digit.</summary>
    public required string Run { get; init; }

    /// <summary>What the coordinator signs tree heads with.</summary>
    public required PublicKey Key { get; init; }

    /// <summary>SHA-256 of the experiment file with every default spelled out.</summary>
    public Digest? Experiment { get; init; }

    /// <summary>The version of Atoll.</summary>
    public string? Atoll { get; init; }

    /// <summary>The sites that are expected. A site's place here is its index.</summary>
    public IReadOnlyList<string>? Sites { get; init; }

    /// <summary>The coordinator's, in words.</summary>
    public JsonElement? Machine { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
