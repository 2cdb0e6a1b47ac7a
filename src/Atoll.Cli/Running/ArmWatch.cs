using Atoll.Experiments.Results;
using Atoll.Simulation;

namespace Atoll.Cli.Running;

/// <summary>Knows whether an arm is training or still being made ready: what fails before its first round is the input's fault.</summary>
internal sealed class ArmWatch(IRunObserver next) : IRunObserver
{
    public bool IsTraining { get; private set; }

    public void ArmStarted(ArmPlan arm, int repeat, int completed)
    {
        IsTraining = true;
        next.ArmStarted(arm, repeat, completed);
    }

    public void RoundCompleted(ArmPlan arm, int repeat, RoundResult round) => next.RoundCompleted(arm, repeat, round);

    public void ArmCompleted(ArmPlan arm, int repeat, string? stopped)
    {
        next.ArmCompleted(arm, repeat, stopped);
        IsTraining = false;
    }
}
