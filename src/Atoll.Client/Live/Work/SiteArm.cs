using Atoll.Experiments;
using Atoll.Learning.Data;
using Atoll.Learning.Models;

namespace Atoll.Client.Live.Work;

/// <summary>A federated arm at this site: its network and its rows; what trains and what evaluates, once they are needed.</summary>
internal sealed class SiteArm(FederatedArm arm, SitedDataset data)
{
    private SiteTraining? _training;
    private SiteEvaluation? _evaluation;

    public FederatedArm Arm { get; } = arm;

    public Network Network { get; } = arm.Model.Build(data.Data.Sample, data.Data.Classes.Count);

    public Dataset Data => data.Data;

    public SiteRows Rows => data.Sites[0];

    public SiteTraining Training => _training ??= new(Network, Arm.Training, Arm.LocalObjective, Data);

    public SiteEvaluation Evaluation => _evaluation ??= new(Network, Data, Rows.Test, Arm.Metrics);
}
