using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Experiments.Protocol;
using Atoll.Experiments.Results;
using Atoll.Learning.Data.Schema;

namespace Atoll.Coordinator.Live.Record;

/// <summary>Strict JSON of what a ledger's entries hold or name.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyDictionary<string, PreparedRows>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, TableSummary>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, DataSchema>))]
[JsonSerializable(typeof(SiteDeclaration))]
[JsonSerializable(typeof(MachineFacts))]
internal sealed partial class RecordJson : JsonSerializerContext;
