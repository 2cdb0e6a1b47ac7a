namespace Atoll.Coordinator.Live.Record;

/// <summary>A task that a site took, and what became of it.</summary>
/// <param name="Entry">Index of its task-taken entry.</param>
internal sealed record TaskRecord(long Entry, int Site, string Arm, int Round)
{
    /// <summary>Index of the update-received entry that answers it.</summary>
    public long? Answer { get; set; }

    public bool Failed { get; set; }

    /// <summary>Updates for it that were refused.</summary>
    public int Refusals { get; set; }

    public bool IsOpen => Answer is null && !Failed;
}
