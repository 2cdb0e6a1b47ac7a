using Atoll.Learning.Randomness;

namespace Atoll.Learning.Partitioning;

/// <summary>Label skew: rows sorted by label are cut into shards and each site gets a few.</summary>
public sealed record Shards : IPartition
{
    public required int Sites { get; init => field = Require.AtLeast(1, value); }

    public int ShardsPerSite { get; init => field = Require.AtLeast(1, value); } = 2;

    public int[] Assign(ReadOnlySpan<float> targets, int classes, Philox random) => throw new NotImplementedException();
}
