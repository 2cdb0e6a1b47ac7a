using Atoll.Learning.Randomness;

namespace Atoll.Learning.Partitioning;

/// <summary>Label skew: each label is spread over the sites in proportions drawn from a Dirichlet distribution.</summary>
public sealed record Dirichlet : IPartition
{
    public required int Sites { get; init => field = Require.AtLeast(1, value); }

    public required double Alpha { get; init => field = Require.MoreThan(0.0, value); }

    public int[] Assign(ReadOnlySpan<float> targets, int classes, Philox random) => throw new NotImplementedException();
}
