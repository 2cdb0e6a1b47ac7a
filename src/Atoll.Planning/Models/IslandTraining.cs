using Atoll.Planning.Arms;
using Atoll.Planning.Sites;
using Atoll.Planning.Timing;

namespace Atoll.Planning.Models;

/// <summary>Training at several sites that step together and average at a pace: what data-parallel, DiLoCo and streaming DiLoCo have in common.</summary>
/// <remarks>
/// The batch of a step is split over the sites in proportion to their rates, so all end a step together and none waits for another. Where a site's
/// <c>interconnect</c> is given, averaging inside it takes its time at each step.
/// </remarks>
internal sealed class IslandTraining
{
    public required WorkloadInputs Workload { get; init; }

    /// <summary>Each with an <c>interconnect</c> where timing is idealized.</summary>
    public required IReadOnlyList<SiteInputs> Sites { get; init; }

    public required Exchange Exchange { get; init; }

    public required Pace Pace { get; init; }

    public required ExchangeTiming Timing { get; init; }

    public ArmOutcome Evaluate(ReadOnlySpan<double> x, double? lossRatio)
    {
        double rate = 0;
        foreach (SiteInputs site in Sites)
        {
            rate += site.Rate(x);
        }
        double steps = Workload.Steps(x), step = Workload.StepSeconds(x, rate), bits = Workload.Parameters(x) * Pace.Bits(x);
        int innerSteps = Pace.InnerSteps(x);
        StepTiming timing = Timing is ExchangeTiming.Queue ? Queued(x, step, bits, innerSteps) : Idealized(x, step, steps, bits, innerSteps);
        double compute = steps * step, exposed = steps * timing.ExposedSeconds, wall = compute + exposed;

        SiteUse[] uses = new SiteUse[Sites.Count];
        for (int i = 0; i < uses.Length; i++)
        {
            uses[i] = new(Sites[i]) { ComputeSeconds = compute, IdleSeconds = exposed, HeldSeconds = wall };
        }
        ArmTimes times = new()
        {
            WallClockSeconds = wall,
            ComputeSeconds = compute,
            ExposedCommunicationSeconds = exposed,
            HiddenCommunicationSeconds = steps * timing.HiddenSeconds,
            Utilization = timing.Utilization,
        };
        LinkTally tally = new(Sites.Count);
        Exchange.Count(tally, bits * steps / innerSteps);
        return Accounts.Of(x, times, Workload.Flops(x, rate), uses, tally.Held(wall), lossRatio);
    }

    private StepTiming Queued(ReadOnlySpan<double> x, double step, double bits, int innerSteps)
    {
        StepTiming timing = new LayerQueue
        {
            StepSeconds = step,
            Layers = Workload.Layers,
            LayerSeconds = Exchange.SecondsPerBit(x) * bits / Workload.Layers,
            LatencySeconds = Exchange.Latency(x),
            InnerSteps = innerSteps,
            Fragments = Pace.Fragments(x, Workload.Layers),
            Overlap = Pace.Overlap(x),
        }.Steady();
        double inside = 0;
        foreach (SiteInputs site in Sites)
        {
            inside = Math.Max(inside, site.Interconnect?.AllReduceSeconds(x, Workload.Parameters(x) * Workload.BitsPerParameter, site.Count(x)) ?? 0);
        }
        return timing with { ExposedSeconds = timing.ExposedSeconds + inside, NetworkSeconds = timing.NetworkSeconds + inside };
    }

    private StepTiming Idealized(ReadOnlySpan<double> x, double step, double steps, double bits, int innerSteps)
    {
        double bandwidth = double.PositiveInfinity, latency = 0, chips = 0;
        foreach (SiteInputs site in Sites)
        {
            bandwidth = Math.Min(bandwidth, x[site.Interconnect!.BandwidthIndex]);
            latency = Math.Max(latency, x[site.Interconnect.LatencyIndex]);
            chips += site.Count(x);
        }
        IdealizedDiLoCo ideal = new()
        {
            Steps = steps,
            Chips = chips,
            Sites = Sites.Count,
            InnerBits = Workload.Parameters(x) * Workload.BitsPerParameter,
            OuterBits = bits,
            InnerBandwidth = bandwidth,
            InnerLatency = latency,
            OuterBandwidth = Exchange.Bandwidth(x),
            OuterLatency = Exchange.Latency(x),
        };
        bool overlaps = Pace.OverlapIndex is not null && Pace.Overlap(x) > 0;
        double all = Pace.InnerStepsIndex is null ? ideal.DataParallel : ideal.DiLoCo(innerSteps);
        double exposed = overlaps ? ideal.Streaming(innerSteps, steps * step) : all;
        return new(step, exposed / steps, all / steps);
    }
}
