namespace Atoll.Footprint.Grids.Shifting;

/// <summary>A job that may pause: the cheapest j steps of each window.</summary>
internal static class CheapestSteps
{
    /// <summary>The least sum over j steps of [i, i + j + s), cut at the end, for each i &lt; n − j.</summary>
    /// <remarks>
    /// The whole steps of the window slide through a tree ordered by intensity. The part of a step at the window's end is weighed against what it displaces:
    /// cost is convex in how much of it is used, so all of it is used up to where the whole steps below it run out.
    /// </remarks>
    public static double[] Of(ReadOnlySpan<double> intensities, double jobSteps, double slackSteps)
    {
        int n = intensities.Length, starts = ShiftSeries.Starts(n, jobSteps);
        // Beyond the end nothing is; so a window as long as the trace is as good as any longer one.
        double window = Math.Min(jobSteps + slackSteps, n);
        int whole = (int)Math.Floor(window);
        double part = window - whole;
        RankedSteps ranked = new(intensities);
        for (int step = 0; step < whole; step++)
        {
            ranked.Add(step);
        }
        double[] least = new double[starts];
        for (int start = 0; start < starts; start++)
        {
            int last = start + whole; // the step of which a part belongs to the window
            double used = part > 0 && last < n ? Math.Clamp(jobSteps - ranked.Below(last), 0, part) : 0;
            least[start] = (used > 0 ? used * intensities[last] : 0) + ranked.SumOfLeast(jobSteps - used);
            ranked.Remove(start);
            if (last < n)
            {
                ranked.Add(last);
            }
        }
        return least;
    }
}
