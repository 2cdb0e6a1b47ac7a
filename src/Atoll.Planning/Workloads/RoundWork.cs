using Atoll.Experiments;
using Atoll.Learning.Data;
using Atoll.Learning.Randomness;

namespace Atoll.Planning.Workloads;

/// <summary>What one round asks of the sites that take part in it: exactly what a run does with the same seed, as long as no site diverges.</summary>
/// <param name="Sites">Indices of the sites; empty for a centralized arm, whose one model trains on the rows of all. A site may be there twice where updates are buffered.</param>
/// <param name="Samples">Rows that each of them trains on, repeats counted; of all rows together for a centralized arm.</param>
/// <param name="Steps">Optimizer steps of each.</param>
public sealed record RoundWork(IReadOnlyList<int> Sites, long[] Samples, long[] Steps)
{
    /// <summary>Virtual time at its end, where updates are buffered.</summary>
    public TimeSpan? Clock { get; init; }

    /// <summary>Rounds of a federated arm, epochs of the others.</summary>
    public static int CountOf(Arm arm) => arm switch
    {
        CentralizedArm centralized => centralized.Epochs,
        LocalArm local => local.Epochs,
        FederatedArm federated => federated.Rounds,
        _ => throw new ArgumentException($"An arm is centralized, local or federated, not {arm.GetType().Name}.", nameof(arm)),
    };

    /// <summary>Round after round.</summary>
    /// <exception cref="InvalidOperationException">The selection cannot be made of these sites.</exception>
    public static IEnumerable<RoundWork> Of(LoadedArm loaded, ulong seed) => Of(loaded.Arm, loaded.Data.Sites, loaded.PaceOf(seed), seed);

    private static IEnumerable<RoundWork> Of(Arm arm, IReadOnlyList<SiteRows> sites, VirtualPace? pace, ulong seed) => arm switch
    {
        FederatedArm { Buffered: { } buffered } federated => BufferedWork.Of(federated, buffered, sites, pace!, seed),
        FederatedArm federated => Federated(federated, sites, seed),
        LocalArm => Enumerable.Repeat(Epoch(arm, [.. Enumerable.Range(0, sites.Count)], [.. sites.Select(site => site.Train.Length)]), CountOf(arm)),
        _ => Enumerable.Repeat(Epoch(arm, [], [sites.Sum(site => site.Train.Length)]), CountOf(arm)),
    };

    private static RoundWork Epoch(Arm arm, IReadOnlyList<int> sites, int[] rows) =>
        new(sites, [.. rows.Select(count => (long)count)], [.. rows.Select(count => Batches(count, arm.Training.BatchSize))]);

    private static IEnumerable<RoundWork> Federated(FederatedArm arm, IReadOnlyList<SiteRows> sites, ulong seed)
    {
        int[] rows = [.. sites.Select(site => site.Train.Length)];
        for (int round = 1; round <= arm.Rounds; round++)
        {
            int[] chosen = arm.Selection.Select(rows, new Philox(seed, Purpose.Selection, round: round));
            var samples = new long[chosen.Length];
            var steps = new long[chosen.Length];
            for (int i = 0; i < chosen.Length; i++)
            {
                (samples[i], steps[i]) = OfTask(arm.Training, rows[chosen[i]], chosen[i], round, seed);
            }
            yield return new(chosen, samples, steps);
        }
    }

    /// <summary>What one task of a site comes to.</summary>
    /// <param name="turn">The round; which of the site's own tasks it is where updates are buffered.</param>
    public static (long Samples, long Steps) OfTask(TrainingSettings training, int rows, int site, int turn, ulong seed)
    {
        long batches = Batches(rows, training.BatchSize);
        if (training.LocalSteps is { } steps)
        {
            (long passes, long rest) = Math.DivRem(steps, batches);
            return (passes * rows + rest * training.BatchSize, steps); // only the last batch of a pass is smaller, and the rest ends before it
        }
        long epochs = training.EpochsOf(seed, site, turn)!.Value;
        return (epochs * rows, epochs * batches);
    }

    private static long Batches(int rows, int batchSize) => ((long)rows + batchSize - 1) / batchSize;
}
