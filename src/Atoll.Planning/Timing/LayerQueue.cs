using System.Buffers;

namespace Atoll.Planning.Timing;

/// <summary>
/// Layers' exchanges queueing on one link behind a training step: forward T/3, backward 2T/3, split evenly over the layers; an exchange of a layer
/// is released when its backward ends, the link serves first come first served, and a later forward of the layer waits for it.
/// </summary>
/// <remarks>
/// <para>The model behind the compute utilization of Douillard et al. 2025, Table 4 (<see href="https://arxiv.org/abs/2501.18512"/>), whose data-parallel
/// training is one fragment every step, and DiLoCo one fragment every <see cref="InnerSteps"/>. Latency delays what arrives and does not hold the link.</para>
/// <para>Waiting only ever shifts all that follows, so time is what it would be without waiting plus one growing delay, and steps in which nothing is sent or due
/// cost nothing here: a period of <see cref="InnerSteps"/> steps takes one pass over the layers.</para>
/// </remarks>
internal readonly record struct LayerQueue
{
    /// <summary>Periods after which the mean of the later half is taken, where they have not become alike: only close to the point where the link just keeps up.</summary>
    private const int MostPeriods = 256;

    /// <summary>T: seconds of a step's computing.</summary>
    public required double StepSeconds { get; init; }

    public required int Layers { get; init; }

    /// <summary>Seconds that the link takes for one layer.</summary>
    public required double LayerSeconds { get; init; }

    /// <summary>Seconds from the link's end of an exchange until it can be used.</summary>
    public double LatencySeconds { get; init; }

    /// <summary>Steps from one exchange of a layer to its next.</summary>
    public int InnerSteps { get; init; }

    /// <summary>Layer l is in fragment l mod this; fragments are sent InnerSteps/Fragments steps apart.</summary>
    public int Fragments { get; init; }

    /// <summary>Steps after the sending one in which the layer's forward does not wait yet. Below <see cref="InnerSteps"/>.</summary>
    public int Overlap { get; init; }

    /// <exception cref="InvalidOperationException">The numbers contradict each other.</exception>
    public StepTiming Steady()
    {
        Require.That(Layers >= 1 && InnerSteps >= 1, $"Layers and inner steps must be at least 1 (were {Layers} and {InnerSteps}).");
        Require.That(Fragments >= 1 && Fragments <= Layers, $"Fragments must be from 1 to the {Layers} layers (were {Fragments}).");
        Require.That(Overlap >= 0 && Overlap < InnerSteps, $"Overlap must be at least 0 and below the {InnerSteps} inner steps (was {Overlap}).");

        double exchanges = Math.Min(Fragments, InnerSteps);
        double network = (Layers * LayerSeconds + exchanges * LatencySeconds) / InnerSteps;
        return double.IsFinite(LayerSeconds + LatencySeconds)
            ? new(StepSeconds, Delay() / InnerSteps, network)
            : new(StepSeconds, double.PositiveInfinity, double.PositiveInfinity);
    }

    /// <summary>Seconds that a period is delayed in the long run.</summary>
    private double Delay()
    {
        int groups = Math.Min(Fragments, InnerSteps); // more fragments than steps: several in one step
        int[]? rented = null;
        double[]? rentedTimes = null;
        Span<int> indices = Layers <= 256 ? stackalloc int[2 * Layers + 1] : (rented = ArrayPool<int>.Shared.Rent(2 * Layers + 1));
        Span<double> times = Layers <= 256 ? stackalloc double[2 * Layers] : (rentedTimes = ArrayPool<double>.Shared.Rent(2 * Layers));
        try
        {
            Span<int> starts = indices.Slice(Layers, groups + 1);
            Span<int> order = indices[..Layers];
            Arrange(order, starts, groups);
            return Simulate(order, starts, groups, times[..Layers], times.Slice(Layers, Layers));
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<int>.Shared.Return(rented);
                ArrayPool<double>.Shared.Return(rentedTimes!);
            }
        }
    }

    /// <summary>Sorts layers by the group they are sent with, and within it in the order in which backward ends: from the last.</summary>
    private void Arrange(Span<int> order, Span<int> starts, int groups)
    {
        starts.Clear();
        for (int l = 0; l < Layers; l++)
        {
            starts[Group(l)]++;
        }
        for (int g = 0, sum = 0; g <= groups; g++)
        {
            int count = g < groups ? starts[g] : 0;
            starts[g] = sum += count; // the group's end for now: filled from behind
        }
        for (int l = 0; l < Layers; l++)
        {
            order[--starts[Group(l)]] = l;
        }
    }

    private int Group(int layer) => Fragments <= InnerSteps ? layer % Fragments : (int)((long)(layer % Fragments) * InnerSteps / Fragments);

    private long SendStep(int group, int groups) => (long)group * InnerSteps / groups;

    private double Simulate(ReadOnlySpan<int> order, ReadOnlySpan<int> starts, int groups, Span<double> arrival, Span<double> before)
    {
        double forward = StepSeconds / 3 / Layers, backward = 2 * forward;
        double delay = 0, link = double.NegativeInfinity, halfway = 0;
        double last = 0;
        long due = 0; // the exchange that is waited for next, counted from the first
        before.Fill(double.NaN);
        for (int period = 0; period < MostPeriods; period++)
        {
            double began = delay;
            for (int g = 0; g < groups; g++)
            {
                long step = (long)period * InnerSteps + SendStep(g, groups);
                for (; due < (long)period * groups + g; due++)
                {
                    int awaited = (int)(due % groups);
                    long needed = due / groups * InnerSteps + SendStep(awaited, groups) + Overlap + 1;
                    if (needed > step)
                    {
                        break;
                    }
                    foreach (int l in order[starts[awaited]..starts[awaited + 1]])
                    {
                        delay = Math.Max(delay, arrival[l] - (needed * StepSeconds + l * forward));
                    }
                }
                double turn = step * StepSeconds + StepSeconds / 3 + delay; // where forward ends and backward begins
                foreach (int l in order[starts[g]..starts[g + 1]])
                {
                    link = Math.Max(link, turn + (Layers - l) * backward) + LayerSeconds;
                    arrival[l] = link + LatencySeconds;
                }
            }
            last = delay - began;
            if (IsAsBefore(arrival, before, (period + 1.0) * InnerSteps * StepSeconds + delay))
            {
                return Math.Max(last, Backlog);
            }
            if (period == MostPeriods / 2)
            {
                halfway = delay;
            }
        }
        return Math.Max((delay - halfway) / (MostPeriods - 1 - MostPeriods / 2), Backlog);
    }

    /// <summary>A link that takes longer for all layers than the steps last delays at least by the difference, however long its queue takes to fill.</summary>
    private double Backlog => Layers * LayerSeconds - InnerSteps * StepSeconds;

    /// <summary>Whether all arrivals lie to the clock as they did a period ago: then all periods to come are like this one. Keeps them for the next.</summary>
    private static bool IsAsBefore(ReadOnlySpan<double> arrival, Span<double> before, double clock)
    {
        bool same = true;
        double tolerance = 1e-12 * clock;
        for (int l = 0; l < arrival.Length; l++)
        {
            double relative = arrival[l] - clock;
            same &= Math.Abs(relative - before[l]) <= tolerance;
            before[l] = relative;
        }
        return same;
    }
}
