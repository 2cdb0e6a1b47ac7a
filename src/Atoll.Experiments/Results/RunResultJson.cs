using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atoll.Experiments.Results;

/// <summary>Strict JSON for <see cref="RunResult"/>: camelCase; unknown, duplicate and missing members are refused. The same bytes on every system.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(RunResult))]
public sealed partial class RunResultJson : JsonSerializerContext;
