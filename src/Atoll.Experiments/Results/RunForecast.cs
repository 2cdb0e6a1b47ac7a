using System.Text.Json.Serialization;

namespace Atoll.Experiments.Results;

/// <summary>What a run was to come to, worked out before it began: <c>plan.json</c> in its folder.</summary>
public sealed record RunForecast
{
    public required string Name { get; init; }

    /// <summary>The first seed: the forecast is of its run.</summary>
    public required ulong Seed { get; init; }

    public required IReadOnlyList<ArmForecast> Arms { get; init; }

    /// <summary>How time and energy were foreseen, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>What an arm was to come to with one seed, on this machine.</summary>
public sealed record ArmForecast
{
    public required string Name { get; init; }

    public required long Flops { get; init; }

    public required long BytesUp { get; init; }

    public required long BytesDown { get; init; }

    /// <summary>Of training on this machine. Absent where its pace was not tried.</summary>
    public double? Seconds { get; init; }

    /// <summary>Of training on this machine. Absent where nothing meters it.</summary>
    public double? EnergyKWh { get; init; }
}

/// <summary>JSON for <see cref="RunForecast"/>: camelCase; unknown, duplicate and missing members are refused.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(RunForecast))]
public sealed partial class RunForecastJson : JsonSerializerContext;
