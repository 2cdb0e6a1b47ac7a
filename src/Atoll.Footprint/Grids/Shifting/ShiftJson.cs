using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atoll.Footprint.Grids.Shifting;

/// <summary>JSON for <see cref="ShiftSummary"/>: camelCase, grams.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(ShiftSummary))]
public sealed partial class ShiftJson : JsonSerializerContext;
