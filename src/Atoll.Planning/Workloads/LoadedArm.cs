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
    /// <summary>Bytes of a site's training rows as they lie there.</summary>
    public long TrainBytes(SiteRows site) => site.Train.Sum(row => (long)RowBytes[row]);
}
