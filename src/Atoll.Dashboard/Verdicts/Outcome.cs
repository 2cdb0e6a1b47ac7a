namespace Atoll.Dashboard.Verdicts;

/// <summary>How an arm did against the baseline by the first metric.</summary>
public enum Outcome
{
    /// <summary>It is the baseline.</summary>
    Baseline,

    Better,

    /// <summary>No difference that the digits shown, or the spread over the seeds, let one see.</summary>
    Level,

    Worse,

    /// <summary>It stopped before its end.</summary>
    Stopped,

    /// <summary>There is nothing to hold it against, or its metric is not defined.</summary>
    Unknown,
}
