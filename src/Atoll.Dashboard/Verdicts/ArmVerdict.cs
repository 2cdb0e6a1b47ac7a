namespace Atoll.Dashboard.Verdicts;

/// <summary>One arm's result in sentences.</summary>
public sealed record ArmVerdict
{
    public required string Arm { get; init; }

    public required Outcome Outcome { get; init; }

    /// <summary>What it reached, and how far that is from the baseline and from the sites alone. Without the arm's name.</summary>
    public required string Summary { get; init; }

    /// <summary>Whole sentences on its sites.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];
}
