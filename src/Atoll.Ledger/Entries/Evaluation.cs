using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Ledger.Merkle;

namespace Atoll.Ledger.Entries;

/// <summary>How good the model is after a round.</summary>
public sealed record Evaluation : IEntryData
{
    public static string Kind => EntryKind.Evaluation;

    /// <summary>Where the run has several arms.</summary>
    public string? Arm { get; init; }

    public required long Round { get; init; }

    /// <summary>Null where it is not one site's.</summary>
    public string? Site { get; init; }

    /// <summary>By name: <c>accuracy</c>. A metric that has no value is left out.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>SHA-256 of the model that was evaluated.</summary>
    public Digest? Model { get; init; }

    public long? TestRows { get; init; }

    /// <summary>Mean over the test rows; null where it is not finite.</summary>
    public double? Loss { get; init; }

    /// <summary>The site's word on it; required of a site that has a key.</summary>
    public SignedStatement? Signed { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
