using Atoll.Learning.Randomness;

namespace Atoll.Learning.Partitioning;

/// <summary>Quantity skew: the sites' shares of rows are drawn from a Dirichlet distribution.</summary>
public sealed record Quantity : IPartition
{
    public required int Sites { get; init => field = Require.AtLeast(1, value); }

    public required double Alpha { get; init => field = Require.MoreThan(0.0, value); }

    public int[] Assign(ReadOnlySpan<float> targets, int classes, Philox random) => throw new NotImplementedException();
}
