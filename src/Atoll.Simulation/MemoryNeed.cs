using Atoll.Experiments;
using Atoll.Learning.Models;
using Atoll.Simulation.Arms;

namespace Atoll.Simulation;

/// <summary>What an arm must hold in memory because of its sites: nothing, unless every site keeps something of its own.</summary>
/// <param name="Vectors">Vectors of a number for each parameter.</param>
/// <param name="Keeps">What they are, as the rest of a sentence.</param>
internal sealed record MemoryNeed(long Vectors, int Parameters, string Keeps, string Remedy)
{
    public Int128 Bytes => (Int128)Vectors * Parameters * sizeof(float);

    /// <param name="perRound">Sites that take part in each round.</param>
    public static MemoryNeed Of(Arm arm, Network network, int sites, int perRound)
    {
        int parameters = network.ParameterCount;
        switch (arm)
        {
            case LocalArm local:
                int each = SingleModel.VectorsOf(local.Training.Optimizer);
                return new((long)sites * each, parameters, $"{each} of them at each of {sites} sites", each > 1 ? ", a smaller model, or plain sgd, which keeps 1" : " or a smaller model");
            case FederatedArm { Buffered: { } buffered } federated:
                int models = Math.Min(buffered.Concurrency, federated.Rounds);
                return new(models, parameters, $"1 for each of {models} models that tasks under way began from", ", a smaller concurrency, or a smaller model");
            case FederatedArm { LocalObjective.KeepsSiteState: true } federated:
                long kept = Math.Min(sites, (long)federated.Rounds * perRound);
                return new(kept + perRound, parameters, $"1 at each of {kept} sites that take part, and 1 more for each of {perRound} in a round", ", a smaller model, or a local objective that keeps nothing at the sites (plain, fed-prox)");
            default:
                return new(0, parameters, "none at its sites", "");
        }
    }

    /// <exception cref="RunException">It is more than there is.</exception>
    public void RequireFits(string arm, long available)
    {
        if (Bytes > available)
        {
            throw new RunException($"Arm {arm} must fit into memory, of which {Gigabytes(available)} GB may be used here, but it keeps {Gigabytes(Bytes)} GB: vectors of {Parameters} numbers, {Keeps}. Use fewer sites{Remedy}.");
        }
    }

    private static string Gigabytes(Int128 bytes) => ((double)bytes / 1e9).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
}
