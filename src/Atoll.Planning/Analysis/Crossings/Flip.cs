namespace Atoll.Planning.Analysis.Crossings;

/// <summary>A value of an input at which another arm becomes the best.</summary>
/// <param name="Below">The best arm just below it.</param>
/// <param name="Above">The best arm just above it.</param>
internal sealed record Flip(double Value, int Below, int Above);
