using System.Text.Json.Serialization;
using Atoll.Federation;
using Atoll.Federation.Aggregation;
using Atoll.Federation.Buffering;
using Atoll.Federation.LocalObjectives;
using Atoll.Federation.Selection;
using Atoll.Federation.ServerOptimizers;
using Atoll.Learning.Models;
using Atoll.Learning.Optimizers;
using Atoll.Learning.Partitioning;

namespace Atoll.Experiments;

/// <summary>One of the alternatives that an experiment compares.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CentralizedArm), "centralized")]
[JsonDerivedType(typeof(LocalArm), "local")]
[JsonDerivedType(typeof(FederatedArm), "federated")]
public abstract record Arm
{
    /// <summary>Which rows, what to predict, and how they are prepared.</summary>
    public required DataSettings Data { get; init; }

    /// <summary>How to spread the rows over virtual sites, where the data has no site column.</summary>
    public IPartition? Partition { get; init; }

    /// <summary>The architecture.</summary>
    public required IModel Model { get; init; }

    /// <summary>How the model is trained, wherever that is.</summary>
    public required TrainingSettings Training { get; init; }

    /// <summary>What to report beside the loss. Empty: the usual ones for the task.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>Evaluate after every this many rounds (and after the last).</summary>
    public int EvaluateEvery { get; init => field = Require.AtLeast(1, value); } = 1;
}

/// <summary>All rows in one place: the baseline.</summary>
public sealed record CentralizedArm : Arm
{
    /// <summary>Passes over the rows.</summary>
    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 10;
}

/// <summary>Every site alone with its own rows: what federating must beat.</summary>
public sealed record LocalArm : Arm
{
    /// <summary>Passes of each site over its own rows.</summary>
    public int Epochs { get; init => field = Require.AtLeast(1, value); } = 10;
}

/// <summary>Rounds of local training and averaging.</summary>
public sealed record FederatedArm : Arm
{
    /// <summary>How often updates are combined and the model changes.</summary>
    public int Rounds { get; init => field = Require.AtLeast(1, value); } = 10;

    /// <summary>Which sites take part in a round.</summary>
    public ISelection Selection { get; init; } = new AllSites();

    /// <summary>What a site minimizes besides its own loss.</summary>
    public ILocalObjective LocalObjective { get; init; } = new Plain();

    /// <summary>How updates become one.</summary>
    public IAggregation Aggregation { get; init; } = new FedAvg();

    /// <summary>How the combined update changes the global model.</summary>
    public IServerOptimizer ServerOptimizer { get; init; } = new ServerSgd();

    /// <summary>Lets sites train at their own pace, each from the newest model, and change the model by so many updates at a time. Left out: in rounds, which wait for all their sites.</summary>
    public FedBuff? Buffered { get; init; }

    /// <summary>How long sites take, in the virtual time of a simulation. Buffered arms have one even where it is not given.</summary>
    public SitePace? Pace { get; init; }

    /// <summary>Why the arm's algorithms contradict each other, or null when they do not.</summary>
    public string? Contradiction() =>
        Combination.Contradiction(LocalObjective, Aggregation)
        ?? Combination.Contradiction(LocalObjective, ServerOptimizer)
        ?? Combination.Contradiction(LocalObjective, Buffered)
        ?? Combination.Contradiction(Aggregation, Buffered)
        ?? Combination.Contradiction(Selection, Buffered)
        ?? (Training.Optimizer is Sgd ? null : Combination.NeedsPlainSteps(LocalObjective) ?? Combination.NeedsPlainSteps(Aggregation));
}

/// <summary>A figure of merit on test rows.</summary>
public enum Metric
{
    /// <summary>Share of rows whose likeliest class is the true one.</summary>
    Accuracy,

    /// <summary>Area under the ROC curve; with more than two classes the unweighted mean of one class against the rest.</summary>
    Auc,

    /// <summary>The training loss's value on test rows.</summary>
    Loss,

    /// <summary>Unweighted mean over the classes of the harmonic mean of precision and recall.</summary>
    F1,

    /// <summary>Mean absolute error (regression).</summary>
    MeanAbsoluteError,

    /// <summary>Root of the mean squared error (regression).</summary>
    RootMeanSquaredError,

    /// <summary>Share of the variance explained (regression).</summary>
    R2,
}
