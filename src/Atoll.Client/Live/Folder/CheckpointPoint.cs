namespace Atoll.Client.Live.Folder;

/// <summary>How far a task's training is, beside its vectors.</summary>
internal sealed record CheckpointPoint
{
    public required long Task { get; init; }

    public required int Steps { get; init; }

    public required long Samples { get; init; }

    public required double Losses { get; init; }

    public required long OptimizerSteps { get; init; }

    public required double Seconds { get; init; }

    public required IReadOnlyList<EnergyPart> Energy { get; init; }
}
