using Atoll.Experiments.Protocol;

namespace Atoll.Client.Live.Folder;

/// <summary>A task that was trained and whose answer may not have arrived: signed once, and sent in the same words until it has.</summary>
internal sealed record PendingAnswer
{
    public required UpdateMessage Update { get; init; }

    /// <summary>What the task took, one for each way in which that is known.</summary>
    public required IReadOnlyList<ReadingMessage> Readings { get; init; }
}
