using Atoll.Experiments;
using Atoll.Learning.Kernels;
using Atoll.Learning.Randomness;

namespace Atoll.Planning.Workloads;

/// <summary>How long the sites of an arm take for their tasks in virtual time (<see cref="SitePace"/>).</summary>
/// <param name="secondsPerSample">Of each site; null where the pace itself says it.</param>
public sealed class VirtualPace(SitePace pace, ulong seed, IReadOnlyList<double>? secondsPerSample = null)
{
    private const double LongestTicks = 1L << 60; // so that thousands of tasks one after the other still fit

    /// <summary>At least a tick, so that time goes on.</summary>
    /// <param name="turn">Which of the site's own tasks it is, from 1; the round of an arm that trains in rounds.</param>
    public TimeSpan Of(int site, int turn, long samples)
    {
        double seconds = samples * (secondsPerSample?[site] ?? 1 / pace.SamplesPerSecond);
        if (pace.Spread > 0)
        {
            Philox random = new(seed, Purpose.Pace, site, round: pace.Per == SpreadOver.Task ? turn : 0);
            seconds *= ElementaryFunctions.Exp(pace.Spread * random.NextNormal());
        }
        double ticks = Math.Round(seconds * TimeSpan.TicksPerSecond);
        Require.That(ticks < LongestTicks, $"A task must end within {LongestTicks / TimeSpan.TicksPerSecond} s of virtual time, but site {site} would take {seconds} s.");
        return TimeSpan.FromTicks(Math.Max(1, (long)ticks));
    }
}
