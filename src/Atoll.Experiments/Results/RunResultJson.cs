using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atoll.Experiments.Results;

/// <summary>Strict JSON for <see cref="RunResult"/>: camelCase; unknown, duplicate and missing members are refused.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(RunResult))]
public sealed partial class RunResultJson : JsonSerializerContext;
