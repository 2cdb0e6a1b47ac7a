using Atoll.Footprint.Grids.Shifting;
using Atoll.Planning.Arms;

namespace Atoll.Planning.Models;

/// <summary>One start of a job: which site runs in which step.</summary>
/// <param name="Site">By step: the site that has the job; -1: none.</param>
/// <param name="Share">By step: how much of it runs.</param>
/// <param name="Grams">Of all of it, fixed parts and moves included.</param>
internal sealed record CarbonAwareWindow(int[] Site, double[] Share, double Grams)
{
    /// <summary>Moves of the checkpoint, in order.</summary>
    public IReadOnlyList<(int From, int To)> Moves { get; init; } = [];

    public static ShiftSchedule Schedule(ShiftStrategy strategy, ReadOnlySpan<double> window, double steps, double windowSteps) =>
        strategy == ShiftStrategy.Defer ? ShiftSchedule.Deferred(window, steps, windowSteps) : ShiftSchedule.Interrupted(window, steps, windowSteps);

    /// <summary>The best of the sites, each for all of the job; null where none can do it within the trace.</summary>
    public static CarbonAwareWindow? AtOneSite(CarbonAwareGrids grids, ShiftStrategy strategy, CarbonAwareJob job, int start)
    {
        CarbonAwareWindow? best = null;
        int rest = grids.Length - start;
        for (int site = 0; site < job.Sites; site++)
        {
            if (!job.Fits(site, rest))
            {
                continue;
            }
            double window = job.Steps[site] + job.Slack[site];
            ReadOnlySpan<double> relative = grids.Of(site).AsSpan(start, (int)Math.Min(rest, Math.Ceiling(window)));
            ShiftSchedule schedule = Schedule(strategy, relative, job.Steps[site], window);
            double sum = 0;
            for (int step = 0; step < relative.Length; step++)
            {
                sum += schedule.Shares[step] * relative[step];
            }
            double grams = job.FixedGrams[site] + job.GramsPerStep[site] * sum;
            if (best is null || grams < best.Grams)
            {
                double[] shares = schedule.Shares.ToArray();
                int here = site;
                best = new([.. shares.Select(share => share > 0 ? here : -1)], shares, grams);
            }
        }
        return best;
    }

    /// <summary>Added up over starts with equal weight.</summary>
    public static CarbonAwareUse Mean(IReadOnlyList<CarbonAwareWindow> windows, IReadOnlyList<int> starts, CarbonAwareGrids grids, CarbonAwareJob job)
    {
        int n = job.Sites;
        double[] run = new double[n], intensity = new double[n], used = new double[n], done = new double[n];
        double[,] moves = new double[n, n];
        double ends = 0;
        for (int i = 0; i < windows.Count; i++)
        {
            CarbonAwareWindow window = windows[i];
            bool[] here = new bool[n];
            double end = 0;
            for (int step = 0; step < window.Site.Length; step++)
            {
                if (window.Site[step] is >= 0 and int site && window.Share[step] > 0)
                {
                    run[site] += window.Share[step];
                    intensity[site] += window.Share[step] * grids.Of(site)[starts[i] + step];
                    here[site] = true;
                    end = step + window.Share[step];
                }
            }
            ends += end / windows.Count;
            for (int site = 0; site < n; site++)
            {
                used[site] += here[site] ? 1.0 / windows.Count : 0;
            }
            foreach ((int from, int to) in window.Moves)
            {
                moves[from, to] += 1.0 / windows.Count;
            }
        }
        double total = 0;
        for (int site = 0; site < n; site++)
        {
            done[site] = run[site] > 0 ? run[site] / job.Steps[site] / windows.Count : 0;
            intensity[site] = run[site] > 0 ? intensity[site] / run[site] : 1;
            total += done[site];
        }
        for (int site = 0; site < n; site++)
        {
            done[site] /= total; // rounding alone: each window does the whole job
        }
        return new(done, used, intensity, ends) { Moves = moves };
    }
}
