using Atoll.Experiments.Results;

namespace Atoll.Simulation;

/// <summary>Told what a run does while it does it. Called on one thread at a time; must return quickly and not throw.</summary>
public interface IRunObserver
{
    /// <param name="repeat">From 0.</param>
    /// <param name="completed">Rounds already done, when resuming.</param>
    void ArmStarted(ArmPlan arm, int repeat, int completed);

    void RoundCompleted(ArmPlan arm, int repeat, RoundResult round);

    /// <param name="stopped">Why the arm stopped before its end; null when it did not.</param>
    void ArmCompleted(ArmPlan arm, int repeat, string? stopped);
}
