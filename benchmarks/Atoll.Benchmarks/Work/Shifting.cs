using Atoll.Benchmarks.Machine;
using Atoll.Footprint.Grids;
using Atoll.Footprint.Grids.Shifting;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Benchmarks.Work;

/// <summary>What shifting a job saves, tried at every hour of a year, in many zones: at once, deferred, deferred and interrupted, with statistics.</summary>
internal static class Shifting
{
    private const int Hours = 8760, Zones = 30, QuickZones = 3;

    public static IEnumerable<Benchmark> All =>
    [
        new("shift-day", $"{Zones} zones × {Hours} starts of a 24 h job with 24 h of slack", "zones/s", quick => Search(quick ? QuickZones : Zones, job: 24, slack: 24))
        {
            Target = Target.AtLeast(Zones / 2.0, $"≥ {Zones / 2} zones/s: {Zones} zones in 2 s"),
        },
        new("shift-month", $"{Zones} zones × {Hours} starts of a 720 h job with 720 h of slack", "zones/s", quick => Search(quick ? QuickZones : Zones, job: 720, slack: 720))
        {
            Target = Target.AtLeast(Zones / 2.0, $"≥ {Zones / 2} zones/s: {Zones} zones in 2 s"),
        },
    ];

    private static Piece Search(int zones, double job, double slack)
    {
        GridTrace[] traces = [.. Enumerable.Range(0, zones).Select(Trace)];
        // The least that a search must read is nothing against what it does: no limit of the machine is near.
        return new Piece(
            () =>
            {
                foreach (GridTrace trace in traces)
                {
                    ShiftSummary.Of(trace, job * Time.Hour, slack * Time.Hour);
                }
            },
            zones, Limit.None, 0);
    }

    /// <summary>Days and weeks with noise, so that few values are alike.</summary>
    private static GridTrace Trace(int zone)
    {
        Random random = new(zone);
        double[] values = [.. Enumerable.Range(0, Hours).Select(h => 300 + 100 * Math.Sin(Math.Tau * h / 24) + 50 * Math.Sin(Math.Tau * h / 168) + 80 * random.NextDouble())];
        return new($"zone {zone}", DateTimeOffset.UnixEpoch, TimeSpan.FromHours(1), values, new() { Basis = Basis.Assumed, Source = "a benchmark" });
    }
}
