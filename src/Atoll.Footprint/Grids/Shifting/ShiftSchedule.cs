namespace Atoll.Footprint.Grids.Shifting;

/// <summary>When one job runs: of each step of its window, the share that it takes.</summary>
public sealed class ShiftSchedule
{
    private readonly double[] _shares;

    private ShiftSchedule(double[] shares) => _shares = shares;

    /// <summary>From 0 to 1, one for each step of the window.</summary>
    public ReadOnlySpan<double> Shares => _shares;

    /// <summary>Steps from the window's beginning to the job's end; a part of a step is taken at the step's beginning.</summary>
    public double End
    {
        get
        {
            int last = Array.FindLastIndex(_shares, share => share > 0);
            return last + _shares[last];
        }
    }

    /// <summary>In the one piece that costs least, beginning with a step; the earliest of equals.</summary>
    /// <param name="window">Intensities of the steps of which at least a part is in the window.</param>
    /// <param name="windowSteps">Length of the window; beyond the last intensity nothing is.</param>
    /// <exception cref="InvalidOperationException">The job takes no time, or does not fit.</exception>
    public static ShiftSchedule Deferred(ReadOnlySpan<double> window, double jobSteps, double windowSteps)
    {
        double length = Fit(window, jobSteps, windowSteps);
        double[] sums = Pieces.Of(window, Math.Min(jobSteps, window.Length)), shares = new double[window.Length];
        int starts = Math.Min(sums.Length, (int)Math.Floor(length - jobSteps + 1e-9) + 1), start = Array.IndexOf(sums, sums.Take(starts).Min());
        for (int step = start; step < Math.Min(window.Length, start + jobSteps); step++)
        {
            shares[step] = Math.Min(1, start + jobSteps - step);
        }
        return new(shares);
    }

    /// <summary>In the steps that cost least, the earlier of equals.</summary>
    /// <inheritdoc cref="Deferred"/>
    public static ShiftSchedule Interrupted(ReadOnlySpan<double> window, double jobSteps, double windowSteps)
    {
        double length = Fit(window, jobSteps, windowSteps), left = jobSteps;
        double[] shares = new double[window.Length];
        (double Cost, int Step)[] order = new (double, int)[window.Length];
        for (int step = 0; step < order.Length; step++)
        {
            order[step] = (window[step], step);
        }
        Array.Sort(order, static (a, b) => a.Cost < b.Cost ? -1 : a.Cost > b.Cost ? 1 : a.Step - b.Step);
        foreach ((_, int step) in order)
        {
            if (left <= 0)
            {
                break;
            }
            shares[step] = Math.Clamp(Math.Min(length - step, left), 0, 1);
            left -= shares[step];
        }
        return new(shares);
    }

    /// <summary>The window's length, cut at the last intensity.</summary>
    private static double Fit(ReadOnlySpan<double> window, double jobSteps, double windowSteps)
    {
        double length = Math.Min(windowSteps, window.Length);
        Require.That(jobSteps > 0 && jobSteps <= length + 1e-9, $"A job must take more than 0 steps and at most its window of {length} (was {jobSteps}).");
        return length;
    }
}
