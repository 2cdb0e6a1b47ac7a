using System.Text.Json.Serialization;
using Atoll.Dashboard.Figures;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Report;

/// <summary>What the charts are drawn from, inlined into the page as JSON. Mirrored in <c>web/src/model.ts</c>.</summary>
internal sealed record PageData
{
    /// <summary>The run, thinned (<see cref="Thinned"/>) where it is too large to draw every point.</summary>
    public required RunResult Run { get; init; }

    /// <summary>Sites in the whole run.</summary>
    public required int SiteCount { get; init; }

    /// <summary>The first is the one that arms are ranked by.</summary>
    public required IReadOnlyList<MetricFacts> Metrics { get; init; }

    /// <summary>Each arm's place in the palette, in the run's order.</summary>
    public required IReadOnlyList<int> Slots { get; init; }

    /// <summary>What each arm takes, where anything was metered or modelled.</summary>
    public CostData? Costs { get; init; }
}

/// <summary>Compact, and with everything escaped that could end a script element.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PageData))]
internal sealed partial class PageDataJson : JsonSerializerContext;
