namespace Atoll.Benchmarks.Measuring;

/// <summary>Times a piece of work until its best time no longer falls.</summary>
/// <remarks>
/// Warming up: at least <see cref="WarmUpCalls"/> calls and <see cref="WarmUpSeconds"/>, after which the compiler's last tier (30 calls, and 100 ms without
/// new methods) is in place; pieces that take longer than that are warm when they have run twice.
/// </remarks>
internal static class Stopwatches
{
    private const int WarmUpCalls = 60, LeastRuns = 5;
    private const double WarmUpSeconds = 0.4, RunSeconds = 0.004, LongSeconds = 3;

    /// <param name="seconds">At least this long is measured; more, up to ten times, while the best time keeps falling.</param>
    /// <param name="wall">Whether time on the wall is measured, not the thread's.</param>
    public static Timing Time(Action work, double seconds, bool wall = false)
    {
        Func<double> now = wall ? ThreadClock.WallSeconds : ThreadClock.Seconds;
        int calls = Math.Max(1, (int)(RunSeconds / WarmUp(work, now)));
        List<double> times = [];
        double best = double.PositiveInfinity, spent = 0, improved = 0;
        while (times.Count < LeastRuns || spent < seconds || (spent - improved < seconds / 2 && spent < 10 * seconds))
        {
            double start = now();
            for (int i = 0; i < calls; i++)
            {
                work();
            }
            double elapsed = now() - start, one = elapsed / calls;
            spent += elapsed;
            improved = one < 0.995 * best ? spent : improved;
            best = Math.Min(best, one);
            times.Add(one);
        }
        times.Sort();
        return new Timing(best, times[times.Count / 2], times.Count);
    }

    /// <returns>Seconds of a warm call, about.</returns>
    private static double WarmUp(Action work, Func<double> now)
    {
        double best = double.PositiveInfinity, spent = 0;
        for (int call = 0; call < 2 || ((call < WarmUpCalls || spent < WarmUpSeconds) && spent < LongSeconds); call++)
        {
            double start = now();
            work();
            double elapsed = now() - start;
            spent += elapsed;
            best = Math.Min(best, elapsed);
        }
        return best;
    }
}
