using Atoll.Coordinator.Live.Blobs;
using Atoll.Experiments;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Storage;

namespace Atoll.Coordinator.Live;

/// <summary>Which run to begin or to go on with, and where it is kept.</summary>
public sealed record LiveRunRequest
{
    public required Experiment Experiment { get; init; }

    /// <summary>The sites that are expected, in the order that their random numbers are keyed by. A run that goes on must have the same.</summary>
    public required IReadOnlyList<string> Sites { get; init; }

    /// <summary>The run's name in the ledger.</summary>
    public required string Run { get; init; }

    /// <summary>The run's folder: <c>experiment.yaml</c>, in the end <c>models/</c> and <c>result.json</c>. Made if need be.</summary>
    public required string Folder { get; init; }

    /// <summary>Signs tree heads. Stays the caller's.</summary>
    public required SigningKey Key { get; init; }

    /// <summary>Stays the caller's, to be disposed after the run.</summary>
    public required ILedgerStore Store { get; init; }

    public required IBlobStore Blobs { get; init; }

    /// <summary>The program's version.</summary>
    public required string Version { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Updates that are read and added up at once: so many buffers of one model each.</summary>
    public int Workers { get; init => field = Require.AtLeast(1, value); } = Math.Clamp(Environment.ProcessorCount, 2, 8);

    /// <summary>Whether the bodies of updates that count, and of the models between, are kept to the run's end and after, so that anyone can add them up again.</summary>
    public bool KeepUpdates { get; init; }
}
