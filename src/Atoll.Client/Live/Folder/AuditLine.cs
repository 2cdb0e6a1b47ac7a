using System.Text.Json;
using Atoll.Ledger.Merkle;

namespace Atoll.Client.Live.Folder;

/// <summary>One request.</summary>
internal sealed record AuditLine
{
    public required DateTimeOffset Time { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    /// <summary>Of the body.</summary>
    public required long Bytes { get; init; }

    /// <summary>Where a tensor body is sent from: not 0 where the rest of it is.</summary>
    public long? Offset { get; init; }

    /// <summary>Of the body; of a tensor body always of the whole.</summary>
    public Digest? Sha256 { get; init; }

    public JsonElement? Message { get; init; }
}
