using Atoll.Footprint.Grids;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>The grids of several sites over the time that all their traces cover, in steps of the finest, each relative to its own mean.</summary>
/// <remarks>Relative, so that a site's intensity can be varied like any input and the shape of its days stays.</remarks>
internal sealed class CarbonAwareGrids
{
    private readonly double[][] _relative;

    private CarbonAwareGrids(DateTimeOffset start, TimeSpan step, double[][] relative) => (Start, Step, _relative) = (start, step, relative);

    public DateTimeOffset Start { get; }

    public TimeSpan Step { get; }

    /// <summary>Steps.</summary>
    public int Length => _relative[0].Length;

    /// <summary>Intensity over the mean of the site's whole trace; 1 at every step where a site has none.</summary>
    public double[] Of(int site) => _relative[site];

    /// <param name="problem">Why there are none, to follow the name of a field.</param>
    /// <returns>Null where the traces do not go together.</returns>
    public static CarbonAwareGrids? Of(IReadOnlyList<SiteInputs> sites, out string problem)
    {
        (SiteInputs Site, GridTrace Trace)[] traced = [.. sites.Where(s => s.Trace is not null).Select(s => (s, s.Trace!))];
        problem = "";
        if (traced.Length == 0)
        {
            return new(DateTimeOffset.UnixEpoch, TimeSpan.FromHours(1), [.. sites.Select(_ => Enumerable.Repeat(1.0, 24 * 366).ToArray())]);
        }
        TimeSpan step = traced.Min(t => t.Trace.Step);
        DateTimeOffset start = traced.Max(t => t.Trace.Start), end = traced.Min(t => t.Trace.Start + t.Trace.Intensities.Length * t.Trace.Step);
        foreach ((SiteInputs site, GridTrace trace) in traced)
        {
            if (trace.Step.Ticks % step.Ticks != 0 || (start - trace.Start).Ticks % step.Ticks != 0)
            {
                problem = $"must have traces whose steps go into each other: {site.Name} has steps of {trace.Step} from {trace.Start:u}, but the finest are of {step} and all begin by {start:u}";
                return null;
            }
        }
        int length = (int)Math.Max(0, (end - start).Ticks / step.Ticks);
        if (length == 0)
        {
            problem = $"must have traces of the same time: the last begins at {start:u}, when the first has ended ({end:u})";
            return null;
        }
        return new(start, step, [.. sites.Select(s => Relative(s.Trace, start, step, length))]);
    }

    private static double[] Relative(GridTrace? trace, DateTimeOffset start, TimeSpan step, int length)
    {
        double[] relative = new double[length];
        double mean = trace?.Mean.Value ?? 0;
        for (int i = 0; i < length; i++)
        {
            // A grid without any emission has no shape either.
            relative[i] = mean > 0 ? trace!.Intensities[(int)((start + i * step - trace.Start).Ticks / trace.Step.Ticks)] / mean : 1;
        }
        return relative;
    }
}
