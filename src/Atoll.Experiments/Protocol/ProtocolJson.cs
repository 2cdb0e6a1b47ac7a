using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atoll.Experiments.Protocol;

/// <summary>Strict JSON of the protocol's control messages: camelCase; unknown, duplicate and missing members are refused.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunDescription))]
[JsonSerializable(typeof(EnrolmentRequest))]
[JsonSerializable(typeof(EnrolmentReply))]
[JsonSerializable(typeof(PreparationMessage))]
[JsonSerializable(typeof(Work))]
[JsonSerializable(typeof(UpdateMessage))]
[JsonSerializable(typeof(UpdateReply))]
[JsonSerializable(typeof(FailureMessage))]
[JsonSerializable(typeof(EvaluationMessage))]
[JsonSerializable(typeof(ReadingMessage))]
[JsonSerializable(typeof(ProgressMessage))]
[JsonSerializable(typeof(HeadReply))]
[JsonSerializable(typeof(AbortRequest))]
[JsonSerializable(typeof(ProtocolProblem))]
[JsonSerializable(typeof(RunStatus))]
public sealed partial class ProtocolJson : JsonSerializerContext;
