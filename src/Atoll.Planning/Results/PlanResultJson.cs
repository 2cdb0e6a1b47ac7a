using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atoll.Planning.Results;

/// <summary>JSON for <see cref="PlanResult"/>: camelCase.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(PlanResult))]
public sealed partial class PlanResultJson : JsonSerializerContext;
