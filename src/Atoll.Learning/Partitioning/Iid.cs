using Atoll.Learning.Randomness;

namespace Atoll.Learning.Partitioning;

/// <summary>Every site gets an equal share of rows at random.</summary>
public sealed record Iid : IPartition
{
    public required int Sites { get; init => field = Require.AtLeast(1, value); }


    public int[] Assign(ReadOnlySpan<float> targets, int classes, Philox random) => throw new NotImplementedException();
}
