namespace Atoll.Footprint.Grids.Shifting;

/// <summary>What one job causes when it could begin at each step of a trace in turn: three figures a start.</summary>
/// <remarks>
/// The job takes a constant power for <c>j</c> steps, and may end <c>s</c> steps later than at once: a start at step i has the window [i, i + j + s), cut at the
/// trace's end. Starts are all i &lt; n − j. Neither j nor s need be whole: the last step counts by its share.
/// Deferred, the job begins at a step's beginning and runs in one piece. Interrupted, it takes the cheapest parts of its window.
/// </remarks>
public sealed class ShiftSeries
{
    private ShiftSeries(double[] now, double[] deferred, double[] interrupted) => (Now, Deferred, Interrupted) = (now, deferred, interrupted);

    /// <summary>Started at once, in one piece: the sum of the intensities of its steps, by start.</summary>
    public IReadOnlyList<double> Now { get; }

    /// <summary>The least of starting later, in one piece.</summary>
    public IReadOnlyList<double> Deferred { get; }

    /// <summary>The least of starting later and pausing.</summary>
    public IReadOnlyList<double> Interrupted { get; }

    /// <param name="intensities">One for each step.</param>
    /// <param name="jobSteps">j, more than 0 and less than the trace has steps.</param>
    /// <param name="slackSteps">s, from 0.</param>
    /// <remarks>O(n log n) for n steps, whatever job and slack are.</remarks>
    /// <exception cref="InvalidOperationException">Job or slack is outside these bounds.</exception>
    public static ShiftSeries Of(ReadOnlySpan<double> intensities, double jobSteps, double slackSteps)
    {
        RequireFit(intensities, jobSteps, slackSteps);
        double[] now = Pieces.Of(intensities, jobSteps), deferred = Pieces.Least(now, slackSteps);
        int starts = Starts(intensities.Length, jobSteps);
        return new(now[..starts], deferred[..starts], CheapestSteps.Of(intensities, jobSteps, slackSteps));
    }

    /// <summary><see cref="Deferred"/> alone, which takes less time. O(n).</summary>
    /// <inheritdoc cref="Of"/>
    public static double[] DeferredOf(ReadOnlySpan<double> intensities, double jobSteps, double slackSteps)
    {
        RequireFit(intensities, jobSteps, slackSteps);
        return Pieces.Least(Pieces.Of(intensities, jobSteps), slackSteps)[..Starts(intensities.Length, jobSteps)];
    }

    /// <summary><see cref="Interrupted"/> alone.</summary>
    /// <inheritdoc cref="Of"/>
    public static double[] InterruptedOf(ReadOnlySpan<double> intensities, double jobSteps, double slackSteps)
    {
        RequireFit(intensities, jobSteps, slackSteps);
        return CheapestSteps.Of(intensities, jobSteps, slackSteps);
    }

    /// <summary>Steps at which a job can start with room to spare: all i &lt; n − j.</summary>
    internal static int Starts(int steps, double jobSteps) => (int)Math.Ceiling(steps - jobSteps);

    private static void RequireFit(ReadOnlySpan<double> intensities, double jobSteps, double slackSteps)
    {
        Require.That(jobSteps > 0 && jobSteps < intensities.Length, $"A job must take more than 0 and less than the trace's {intensities.Length} steps (was {jobSteps}).");
        Require.That(slackSteps >= 0 && double.IsFinite(slackSteps), $"Slack must be at least 0 (was {slackSteps}).");
    }
}
