using Atoll.Experiments.Results;

namespace Atoll.Simulation;

/// <summary>Runs an experiment on this machine: every arm, every seed, into a run folder.</summary>
public sealed class ExperimentRun
{
    /// <summary>Loads the data and builds the models, so that everything that can be wrong is found before training starts.</summary>
    public static ExperimentRun Prepare(RunRequest request) => throw new NotImplementedException();

    public RunPlan Plan => throw new NotImplementedException();

    /// <summary>Trains. On cancellation completed rounds are kept, for resuming, and <see cref="OperationCanceledException"/> is thrown.</summary>
    /// <remarks>Writes <c>result.json</c>, <c>experiment.yaml</c> and <c>models/</c> into the folder; the report is the caller's.</remarks>
    public RunResult Execute(IRunObserver observer, CancellationToken cancellation) => throw new NotImplementedException();
}
