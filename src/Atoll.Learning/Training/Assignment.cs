namespace Atoll.Learning.Training;

/// <summary>How much to train, and the key of the random numbers: the same assignment gives the same bytes.</summary>
/// <param name="Epochs">Passes over the rows; the last batch of a pass may be smaller.</param>
/// <param name="Steps">Instead of epochs when more than 0: batches, drawn from as many reshuffled passes as that takes.</param>
public readonly record struct Assignment(ulong Seed, int Client, int Round, float LearningRate, int Epochs, int Steps = 0);
