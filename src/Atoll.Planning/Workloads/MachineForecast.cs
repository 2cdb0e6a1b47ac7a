using Atoll.Experiments;
using Atoll.Experiments.Results;

namespace Atoll.Planning.Workloads;

/// <summary>What an experiment will come to on this machine: operations and bytes counted, time and energy from a moment's training of each model.</summary>
public static class MachineForecast
{
    /// <param name="threads">Sites that train at once.</param>
    /// <param name="pace">How fast this machine trains an arm with so many workers (<see cref="MachinePace.Measure"/>). Null: neither time nor energy is foreseen.</param>
    public static RunForecast Of(Experiment experiment, LoadedExperiment loaded, int threads, Func<LoadedArm, int, MachinePace>? pace = null)
    {
        return new()
        {
            Name = experiment.Name,
            Seed = experiment.Seed,
            Arms = [.. loaded.Arms.Values.Select(arm => Of(arm, experiment.Seed, threads, pace))],
            Notes =
            [
                "Operations and bytes are counted from the layers, the rows and the messages of the protocol.",
                .. pace is null ? Array.Empty<string>() : ["Time is from training each model for a moment before the run, averaging the updates left out; energy is the power in that moment times the time foreseen."],
            ],
        };
    }

    /// <summary>Samples that the busiest of so many workers trains on, when each takes the largest site that is left: how <c>atoll run</c> spreads a round.</summary>
    internal static long Busiest(long[] samples, int workers)
    {
        if (workers == 1 || samples.Length == 1)
        {
            return samples.Sum();
        }
        PriorityQueue<int, long> free = new();
        var load = new long[Math.Min(workers, samples.Length)];
        for (int worker = 0; worker < load.Length; worker++)
        {
            free.Enqueue(worker, 0);
        }
        foreach (long size in samples.OrderDescending())
        {
            int worker = free.Dequeue();
            free.Enqueue(worker, load[worker] += size);
        }
        return load.Max();
    }

    private static ArmForecast Of(LoadedArm arm, ulong seed, int threads, Func<LoadedArm, int, MachinePace>? pace)
    {
        ArmWork work = ArmWork.Of(arm, seed);
        int atOnce = 1;
        long busiest = 0;
        foreach (RoundWork round in RoundWork.Of(arm, seed))
        {
            atOnce = Math.Max(atOnce, Math.Min(threads, round.Sites.Count));
            busiest += Busiest(round.Samples, threads);
        }
        MachinePace? found = pace?.Invoke(arm, atOnce);
        double? seconds = busiest / found?.SamplesPerSecond;
        return new()
        {
            Name = arm.Name,
            Flops = work.Flops,
            BytesUp = work.BytesUp,
            BytesDown = work.BytesDown,
            Seconds = seconds,
            EnergyKWh = found?.Watts * seconds / 3.6e6,
        };
    }
}
