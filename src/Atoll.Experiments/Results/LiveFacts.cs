namespace Atoll.Experiments.Results;

/// <summary>What a run across machines leaves beside its figures: where its record ends, and whose it is.</summary>
/// <remarks>In such a result, what is metered was metered at the sites, and the machine is the coordinator's.</remarks>
public sealed record LiveFacts
{
    /// <summary>The run's name in the ledger.</summary>
    public required string Run { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Entries of the ledger that this result was folded from; of a run that is over, up to the one that ended it.</summary>
    public required long Entries { get; init; }

    /// <summary>The root of the Merkle tree over them, SHA-256 in hexadecimal.</summary>
    public required string Root { get; init; }

    /// <summary>Of the coordinator's key: what people compare.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Updates that were refused.</summary>
    public required long Rejected { get; init; }

    /// <summary>Why it was ended before its end; absent where it was not.</summary>
    public string? Aborted { get; init; }
}
