using System.Text.Json.Serialization;
using Atoll.Ledger.Merkle;

namespace Atoll.Ledger.Heads;

/// <summary>What a tree head's signature is of.</summary>
internal sealed record HeadStatement(Digest Root, string Run, long Size, string Time);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HeadStatement))]
internal sealed partial class HeadJson : JsonSerializerContext;
