namespace Atoll.Federation.Aggregation;

/// <summary>One update to average: <c>vector / normalizer</c>, with an integer weight.</summary>
public readonly record struct WeightedUpdate(ReadOnlyMemory<float> Vector, long Weight, float Normalizer = 1);
