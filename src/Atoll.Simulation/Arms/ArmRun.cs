using System.Numerics.Tensors;
using Atoll.Experiments;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Planning.Workloads;

namespace Atoll.Simulation.Arms;

/// <summary>One arm under way, with one seed: a model, or one a site, that gets better round by round.</summary>
internal abstract class ArmRun(Arm arm, int rounds, Network network, SitedDataset data, ulong seed, int threads)
{
    /// <summary>Rounds of a federated arm, epochs of the others.</summary>
    public int Rounds { get; } = rounds;

    /// <summary>Rounds done.</summary>
    public int Completed { get; protected set; }

    public Network Network { get; } = network;

    public SitedDataset Data { get; } = data;

    /// <summary>Samples trained on.</summary>
    public long Samples { get; protected set; }

    public long BytesUp { get; protected set; }

    public long BytesDown { get; protected set; }

    public long Flops => Samples * Network.TrainingFlops;

    protected TrainingSettings Training => arm.Training;

    protected ulong Seed { get; } = seed;

    protected int Threads { get; } = threads;

    /// <summary>The learning rate of the round under way.</summary>
    protected float LearningRate => Training.Optimizer.LearningRate * (float)LearningRateFactor;

    protected double LearningRateFactor => Training.Optimizer.Schedule.Factor(Completed, Rounds);

    /// <param name="pace">How long the sites take in virtual time; null: as the arm says, if it does.</param>
    public static ArmRun Create(Arm arm, Network network, SitedDataset data, ulong seed, int threads, VirtualPace? pace = null) => arm switch
    {
        CentralizedArm centralized => new CentralizedRun(centralized, network, data, seed, threads),
        LocalArm local => new LocalRun(local, network, data, seed, threads),
        FederatedArm { Buffered: { } buffered } federated => new BufferedRun(federated, buffered, network, data, seed, threads, pace),
        FederatedArm federated => new FederatedRun(federated, network, data, seed, threads, pace),
        _ => throw new ArgumentException($"An arm is centralized, local or federated, not {arm.GetType().Name}.", nameof(arm)),
    };

    /// <summary>
    /// Trains one round. Where it is cancelled or fails, no round is counted and everything that <see cref="Save"/> gives is as it was before, but for parts
    /// of the round that are done for good (<see cref="HasBegunRound"/>): a run that takes it up does what is missing.
    /// </summary>
    /// <returns>Null, or why the arm cannot go on: which round, which site.</returns>
    public abstract string? Step(CancellationToken cancellation);

    /// <summary>The weights that a site would use: the same for all sites, unless every site is alone.</summary>
    public abstract float[] WeightsOf(int site);

    /// <summary>Whether all sites use the same weights.</summary>
    public virtual bool IsShared => true;

    /// <summary>Virtual time since the arm began, at its sites' own pace; null where it has no such clock.</summary>
    public virtual TimeSpan? Clock => null;

    /// <summary>Whether a cancelled round left parts of itself done.</summary>
    public virtual bool HasBegunRound => false;

    /// <summary>Every vector that the next round depends on, by a name of its own.</summary>
    public abstract IEnumerable<(string Name, float[] Vector)> Save();

    /// <summary>Takes up where <see cref="Save"/> left off.</summary>
    /// <exception cref="InvalidOperationException">The vectors are not those of this arm.</exception>
    public abstract void Restore(IReadOnlyDictionary<string, float[]> vectors);

    /// <summary>Takes up the counts that go with the vectors.</summary>
    public void RestoreCounts(int completed, long samples, long bytesUp, long bytesDown) =>
        (Completed, Samples, BytesUp, BytesDown) = (completed, samples, bytesUp, bytesDown);

    /// <summary>Why a model that was trained cannot be trained on, as the end of a sentence; null where it can.</summary>
    protected static string? Fault(double loss, ReadOnlySpan<float> weights) =>
        !double.IsFinite(loss) ? $"its loss is {loss}."
        : !float.IsFinite(TensorPrimitives.MaxMagnitude(weights)) ? "its weights are no longer finite." // by the last step of all, which no loss has seen
        : null;

    /// <summary>Copies a saved vector over the one in use.</summary>
    protected static void Copy(IReadOnlyDictionary<string, float[]> saved, string name, float[] to)
    {
        float[] from = saved.GetValueOrDefault(name, []);
        Require.That(from.Length == to.Length, $"The saved vector '{name}' must have length {to.Length} (was {from.Length}).");
        from.CopyTo(to, 0);
    }
}
