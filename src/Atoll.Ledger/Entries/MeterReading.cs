using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atoll.Ledger.Entries;

/// <summary>Energy that a site used.</summary>
public sealed record MeterReading : IEntryData
{
    public static string Kind => EntryKind.MeterReading;

    public required string Site { get; init; }

    /// <summary>Where the run has several arms.</summary>
    public string? Arm { get; init; }

    public long? Round { get; init; }

    public required double EnergyJoules { get; init; }

    /// <summary>Measured, modelled or assumed.</summary>
    public string? Basis { get; init; }

    /// <summary>Which meter.</summary>
    public string? Meter { get; init; }

    /// <summary>The site's word on it; required of a site that has a key.</summary>
    public SignedStatement? Signed { get; init; }

    /// <summary>Members that this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; set; }
}
