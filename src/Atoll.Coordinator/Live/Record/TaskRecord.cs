using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Live.Record;

/// <summary>A task that a site took, and what became of it.</summary>
/// <param name="Entry">Index of its task-taken entry.</param>
/// <param name="Round">The round whose model it begins from.</param>
internal sealed record TaskRecord(long Entry, int Site, string Arm, int Round)
{
    /// <summary>The body that it begins from.</summary>
    public required Digest Model { get; init; }

    public required long Bytes { get; init; }

    /// <summary>In a buffered arm: its number in the arm, from 1.</summary>
    public int Number { get; init; }

    /// <summary>In a buffered arm: which of the site's own tasks it is, from 1.</summary>
    public int? Turn { get; init; }

    /// <summary>Index of the update-received entry that answers it.</summary>
    public long? Answer { get; set; }

    /// <summary>The round that the answer counts in.</summary>
    public int CountsIn { get; set; }

    public bool Failed { get; set; }

    /// <summary>Updates for it that were refused.</summary>
    public int Refusals { get; set; }

    public bool IsOpen => Answer is null && !Failed;
}
