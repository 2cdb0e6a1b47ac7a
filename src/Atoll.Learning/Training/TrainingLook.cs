namespace Atoll.Learning.Training;

/// <summary>Looks at training after a step. Called on the training thread; the weights are lent.</summary>
/// <param name="steps">How many there are to be.</param>
public delegate void TrainingLook(in TrainingPoint point, int steps, ReadOnlySpan<float> weights);
