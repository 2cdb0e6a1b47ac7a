using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Learning.Data;
using Atoll.Learning.Models;

namespace Atoll.Planning.Workloads;

/// <summary>An arm with its rows, its sites and its network: all that its work follows from.</summary>
/// <param name="Used">The preparation with what the file leaves open filled in.</param>
/// <param name="RowBytes">Bytes of each row as it lies at its site.</param>
public sealed record LoadedArm(string Name, Arm Arm, SitedDataset Data, DataFacts Facts, Preparation Used, IReadOnlyList<int> RowBytes, Network Network)
{
    /// <summary>Of each site in virtual time, where the experiment declares its hardware and the arm has a virtual clock.</summary>
    public IReadOnlyList<double>? SecondsPerSample { get; init; }

    /// <summary>How long its sites take in virtual time; null for an arm without such a clock.</summary>
    public VirtualPace? PaceOf(ulong seed) => Arm is FederatedArm federated && (federated.Buffered is not null || federated.Pace is not null) ? new(federated.Pace ?? new(), seed, SecondsPerSample) : null;

    /// <summary>Bytes of a site's training rows as they lie there.</summary>
    public long TrainBytes(SiteRows site) => site.Train.Sum(row => (long)RowBytes[row]);
}
