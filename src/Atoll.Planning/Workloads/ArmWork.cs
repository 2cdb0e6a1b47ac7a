using Atoll.Experiments;
using Atoll.Experiments.Protocol;

namespace Atoll.Planning.Workloads;

/// <summary>What an arm computes and sends, counted without training: the figures that a run reports of it.</summary>
public sealed class ArmWork
{
    private ArmWork()
    {
    }

    /// <summary>Rounds of a federated arm, epochs of the others.</summary>
    public required int Rounds { get; init; }

    /// <summary>Of each site of the data, by index. All 0 for a centralized arm, whose work is nobody's but the coordinator's.</summary>
    public required IReadOnlyList<SiteWork> Sites { get; init; }

    public required long Samples { get; init; }

    /// <summary>Operations of training, a multiply-add being two.</summary>
    public required long Flops { get; init; }

    public long BytesUp => Sites.Sum(site => site.BytesUp);

    public long BytesDown => Sites.Sum(site => site.BytesDown);

    /// <param name="rounds">Only so many of them, where an arm stopped before its end.</param>
    /// <exception cref="InvalidOperationException">The selection cannot be made of the arm's sites.</exception>
    /// <exception cref="OverflowException">The work is more than can be counted.</exception>
    public static ArmWork Of(LoadedArm loaded, ulong seed, int rounds = int.MaxValue)
    {
        var samples = new long[loaded.Data.Sites.Count];
        var steps = new long[samples.Length];
        var exchanges = new long[samples.Length];
        long all = 0;
        int done = 0;
        foreach (RoundWork round in RoundWork.Of(loaded, seed).Take(rounds))
        {
            for (int i = 0; i < round.Sites.Count; i++)
            {
                int site = round.Sites[i];
                samples[site] = checked(samples[site] + round.Samples[i]);
                steps[site] += round.Steps[i];
                exchanges[site]++;
            }
            all = checked(all + round.Samples.Sum());
            done++;
        }
        long flops = loaded.Network.TrainingFlops;
        (long up, long down) = BytesOfExchange(loaded);
        return new()
        {
            Rounds = done,
            Samples = all,
            Flops = checked(all * flops),
            Sites = [.. loaded.Data.Sites.Select((site, i) => new SiteWork
            {
                Site = site.Name,
                Samples = samples[i],
                Steps = steps[i],
                Flops = checked(samples[i] * flops),
                BytesUp = exchanges[i] * up,
                BytesDown = exchanges[i] * down,
                Rounds = exchanges[i],
            })],
        };
    }

    /// <summary>Bytes that a site sends and gets in a round; none where it exchanges nothing.</summary>
    internal static (long Up, long Down) BytesOfExchange(LoadedArm loaded) => loaded.Arm is FederatedArm federated
        ? (ProtocolBytes.Up(loaded.Network.ParameterCount, federated.LocalObjective), ProtocolBytes.Down(loaded.Network.ParameterCount, federated.LocalObjective))
        : (0, 0);
}
