using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Verdicts;

/// <summary>What a run found, in words: how far each arm is from the baseline and from the sites alone, and which site fares worst.</summary>
/// <remarks>A pure function of the result, by its first metric, so that the terminal and the page say the same.</remarks>
public sealed record Verdict
{
    /// <summary>The one sentence to remember.</summary>
    public required string Headline { get; init; }

    /// <summary>Every arm, in the run's order.</summary>
    public required IReadOnlyList<ArmVerdict> Arms { get; init; }

    /// <summary>What limits how far these figures carry.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public static Verdict Of(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var reading = new Reading(run);
        return new Verdict
        {
            Headline = VerdictHeadline.Of(reading),
            Arms = [.. run.Arms.Select(arm => VerdictOfArm.Of(reading, arm))],
            Notes = VerdictNotes.Of(reading),
        };
    }
}
