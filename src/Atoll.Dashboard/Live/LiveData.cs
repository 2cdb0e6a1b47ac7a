using System.Text.Json.Serialization;
using Atoll.Dashboard.Figures;

namespace Atoll.Dashboard.Live;

/// <summary>What the live page's script begins with. Mirrored in <c>web/src/live/model.ts</c>.</summary>
internal sealed record LiveData
{
    /// <summary>How metrics read; one that is not here goes by its own name.</summary>
    public required IReadOnlyList<MetricFacts> Metrics { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<UnitStep>> Units { get; init; }

    /// <summary>Where a <see cref="Experiments.Protocol.RunStatus"/> is to be had.</summary>
    public required string Status { get; init; }

    /// <summary>Where the same comes as server-sent events.</summary>
    public required string Events { get; init; }
}

/// <summary>Compact, and with everything escaped that could end a script element.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LiveData))]
internal sealed partial class LiveDataJson : JsonSerializerContext;
