using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Grids.Shifting;

/// <summary>What shifting a constant 1 kW job saves over a whole trace: grams of CO₂ equivalent when it could begin at each step in turn.</summary>
public sealed record ShiftSummary
{
    /// <summary>Steps at which the job could begin: all i &lt; n − job.</summary>
    public required int Starts { get; init; }

    /// <summary>Started at once.</summary>
    public required ShiftStatistics Now { get; init; }

    /// <summary>Started when its one piece costs least within the slack.</summary>
    public required ShiftStatistics Deferred { get; init; }

    /// <summary>Run in the cheapest steps within the slack.</summary>
    public required ShiftStatistics Interrupted { get; init; }

    /// <param name="job">How long it runs; what is no whole number of the trace's steps counts by its share of the last.</param>
    /// <param name="slack">By how much it may end later than at once. In one piece the job begins with a step, so slack helps it by whole steps.</param>
    /// <exception cref="TraceException">The trace is not longer than the job, the job takes no time, or slack is negative.</exception>
    public static ShiftSummary Of(GridTrace trace, Quantity<Time> job, Quantity<Time> slack)
    {
        if (!(job > Quantity<Time>.Zero))
        {
            throw new TraceException($"A job must take more than 0 s (was {job}).");
        }
        if (!(slack >= Quantity<Time>.Zero))
        {
            throw new TraceException($"Slack must be at least 0 s (was {slack}).");
        }
        double jobSteps = Steps(job, trace), slackSteps = Steps(slack, trace);
        if (jobSteps >= trace.Intensities.Length)
        {
            throw new TraceException($"{trace.Name} must be longer than the job of {job}, but its {trace.Intensities.Length:#,0} steps of {TraceGaps.Duration(trace.Step)} are {trace.Length}.");
        }
        ShiftSeries series = ShiftSeries.Of(trace.Intensities, jobSteps, slackSteps);
        double gramsPerIntensity = trace.Step.TotalHours; // of 1 kW
        ShiftStatistics now = ShiftStatistics.Of(series.Now.Select(sum => sum * gramsPerIntensity), null);
        return new()
        {
            Starts = series.Now.Count,
            Now = now,
            Deferred = ShiftStatistics.Of(series.Deferred.Select(sum => sum * gramsPerIntensity), now),
            Interrupted = ShiftStatistics.Of(series.Interrupted.Select(sum => sum * gramsPerIntensity), now),
        };
    }

    /// <summary>A number within rounding of a whole one is that.</summary>
    internal static double Steps(Quantity<Time> time, GridTrace trace)
    {
        double steps = time.In(Time.Second) / trace.Step.TotalSeconds, whole = Math.Round(steps);
        return Math.Abs(steps - whole) <= 1e-9 * Math.Max(1, whole) ? whole : steps;
    }
}
