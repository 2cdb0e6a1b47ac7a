namespace Atoll.Learning.Layers;

/// <summary>What a layer must know about the pass that it takes part in.</summary>
/// <param name="Batch">Samples in the batch.</param>
/// <param name="Training">Whether dropout is on.</param>
/// <param name="Seed">With client, round and step: the key of the pass's random numbers.</param>
public readonly record struct Pass(int Batch, bool Training = false, ulong Seed = 0, int Client = 0, int Round = 0, int Step = 0);
