using Atoll.Learning.Optimizers;
using Atoll.Learning.Training;

namespace Atoll.Client;

/// <summary>Sees a site's training between its steps, and can have it go on from an earlier look. Called on the training thread.</summary>
public interface ILocalCheckpoint
{
    /// <summary>Before the first step: puts weights and optimizer where an earlier training of the same task was.</summary>
    /// <returns>Where that was; nothing done, and the default, where there was none.</returns>
    TrainingPoint Restore(Span<float> weights, OptimizerState optimizer);

    /// <summary>After a step. What is passed is lent.</summary>
    /// <param name="steps">How many there are to be.</param>
    void Stepped(in TrainingPoint point, int steps, ReadOnlySpan<float> weights, OptimizerState optimizer);
}
