using Atoll.Learning.Randomness;

namespace Atoll.Learning.Partitioning;

/// <summary>Feature skew: rows are spread evenly, and site i of n gets Gaussian noise of variance σ·i/n added to its features.</summary>
public sealed record FeatureNoise : IPartition
{
    public required int Sites { get; init => field = Require.AtLeast(1, value); }

    public required double Sigma { get; init => field = Require.AtLeast(0.0, value); }

    public int[] Assign(ReadOnlySpan<float> targets, int classes, Philox random) => throw new NotImplementedException();
}
