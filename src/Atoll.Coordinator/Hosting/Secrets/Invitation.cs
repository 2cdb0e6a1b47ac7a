using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Hosting.Secrets;

/// <summary>A token that was given out, as it is kept: whom it invites, until when, and the SHA-256 of its secret, never the secret.</summary>
internal sealed record Invitation
{
    public required string Site { get; init; }

    public required Digest Secret { get; init; }

    public required DateTimeOffset Expires { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<Invitation>))]
internal sealed partial class InvitationJson : JsonSerializerContext;
