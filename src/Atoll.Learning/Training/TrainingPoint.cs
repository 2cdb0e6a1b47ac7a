namespace Atoll.Learning.Training;

/// <summary>How far training is between two steps. With the weights and the optimizer's state it is all that going on from there needs.</summary>
/// <param name="Losses">Sum over the steps of the batch's loss before the step.</param>
public readonly record struct TrainingPoint(int Steps, long Samples, double Losses);
