using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Experiments.Protocol;

namespace Atoll.Client.Live.Folder;

/// <summary>What a site keeps on its own disk, as strict as what it sends.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SiteIdentity))]
[JsonSerializable(typeof(PendingAnswer))]
[JsonSerializable(typeof(CheckpointPoint))]
[JsonSerializable(typeof(PreparationMessage))]
[JsonSerializable(typeof(PrepareWork))]
[JsonSerializable(typeof(AuditLine))]
internal sealed partial class SiteJson : JsonSerializerContext;
