using System.Collections.Concurrent;
using Atoll.Footprint.Grids.Shifting;
using Atoll.Planning.Arms;

namespace Atoll.Planning.Models;

/// <summary>What a job at one site costs at each start of the trace, kept for lengths that were asked for already: draws ask for similar ones over and over.</summary>
/// <remarks>
/// The job as given is exact. Others have their length taken to the nearest 4 % of it, and of their slack whole steps: energy is always by the exact length, so
/// that only the choice of hours is so coarse, and never beyond a deadline. Safe for several threads.
/// </remarks>
internal sealed class CarbonAwareSeries(CarbonAwareGrids grids, ShiftStrategy strategy)
{
    private const double Grain = 0.04;
    private const int EndSamples = 64, MostKept = 1024;

    private readonly ConcurrentDictionary<(int Site, double Steps, double Slack), Entry> _kept = [];

    /// <summary>Sums of relative intensities over the job's steps, by start, of a job of <paramref name="Steps"/>; and its mean end after the start.</summary>
    public sealed record Entry(double Steps, double[] Sums, double EndSteps);

    /// <param name="stated">The job at the values as given.</param>
    public Entry Of(int site, double steps, double slack, CarbonAwareJob stated)
    {
        double given = stated.Steps[site];
        double taken = Math.Min(given * Math.Exp(Grain * Math.Round(Math.Log(steps / given) / Grain)), grids.Length - 1e-6);
        double room = Math.Abs(slack - stated.Slack[site]) < 1e-6 ? slack : Math.Floor(slack);
        (int, double, double) key = (site, taken, room);
        if (_kept.TryGetValue(key, out Entry? known))
        {
            return known;
        }
        Entry made = Make(site, taken, room);
        if (_kept.Count < MostKept)
        {
            _kept[key] = made;
        }
        return made;
    }

    private Entry Make(int site, double steps, double slack)
    {
        double[] relative = grids.Of(site);
        double[] sums = strategy == ShiftStrategy.Defer ? ShiftSeries.DeferredOf(relative, steps, slack) : ShiftSeries.InterruptedOf(relative, steps, slack);
        int samples = Math.Min(EndSamples, sums.Length);
        double ends = 0;
        for (int i = 0; i < samples; i++)
        {
            int start = (int)((long)i * sums.Length / samples);
            ends += CarbonAwareWindow.Schedule(strategy, relative.AsSpan(start, Math.Min(relative.Length - start, (int)Math.Ceiling(steps + slack))), steps, steps + slack).End;
        }
        return new(steps, sums, ends / samples);
    }
}
