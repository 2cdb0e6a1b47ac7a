using Atoll.Learning.Randomness;

namespace Atoll.Learning.Partitioning;

/// <summary>Label skew: rows sorted by label are cut into sites × shards-per-site equal shards, and each site is dealt its number of them at random.</summary>
/// <remarks>McMahan et al. 2017, section 3 (<see href="https://arxiv.org/abs/1602.05629"/>): 200 shards of 300 MNIST images, two for each of 100 clients.</remarks>
public sealed record Shards : IPartition
{
    /// <summary>How many virtual sites.</summary>
    public required int Sites { get; init => field = Require.AtLeast(1, value); }

    /// <summary>How many shards each site is dealt.</summary>
    public int ShardsPerSite { get; init => field = Require.AtLeast(1, value); } = 2;

    public int[] Assign(ReadOnlySpan<float> targets, int classes, Philox random)
    {
        Rows.RequireLabels("shards", classes);
        Rows.RequireEnough("shards", Sites, targets.Length, ShardsPerSite);

        int[][] rowsByLabel = Rows.ByLabel(targets, classes);
        foreach (int[] rows in rowsByLabel)
        {
            random.Permute(rows.AsSpan());
        }
        int[] sorted = [.. rowsByLabel.SelectMany(rows => rows)];

        int shards = Sites * ShardsPerSite;
        int[] dealt = Rows.Shuffled(shards, random);
        int[] sites = new int[targets.Length];
        for (int shard = 0; shard < shards; shard++)
        {
            int start = (int)((long)sorted.Length * shard / shards), end = (int)((long)sorted.Length * (shard + 1) / shards);
            for (int i = start; i < end; i++)
            {
                sites[sorted[i]] = dealt[shard] / ShardsPerSite;
            }
        }
        return sites;
    }
}
