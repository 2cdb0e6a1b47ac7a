namespace Atoll.Learning.Training;

/// <summary>What training did.</summary>
/// <param name="MeanLoss">Mean over the steps of the batch's loss before the step; not finite when training diverged, which stops it.</param>
public readonly record struct TrainingOutcome(int Steps, long Samples, double MeanLoss);
