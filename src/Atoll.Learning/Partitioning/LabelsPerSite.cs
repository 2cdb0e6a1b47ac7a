using Atoll.Learning.Randomness;

namespace Atoll.Learning.Partitioning;

/// <summary>Label skew: each site holds this many labels.</summary>
public sealed record LabelsPerSite : IPartition
{
    public required int Sites { get; init => field = Require.AtLeast(1, value); }

    public required int Labels { get; init => field = Require.AtLeast(1, value); }

    public int[] Assign(ReadOnlySpan<float> targets, int classes, Philox random) => throw new NotImplementedException();
}
