using Atoll.Learning.Randomness;

namespace Atoll.Learning.Partitioning;

/// <summary>Every site gets an equal share of rows at random; sizes differ by one at most.</summary>
public sealed record Iid : IPartition
{
    /// <summary>How many virtual sites.</summary>
    public required int Sites { get; init => field = Require.AtLeast(1, value); }

    public int[] Assign(ReadOnlySpan<float> targets, int classes, Philox random) => Spread("iid", Sites, targets.Length, random);

    internal static int[] Spread(string kind, int sites, int rows, Philox random)
    {
        Rows.RequireEnough(kind, sites, rows);
        int[] site = new int[rows];
        int[] shuffled = Rows.Shuffled(rows, random);
        for (int i = 0; i < rows; i++)
        {
            site[shuffled[i]] = i % sites;
        }
        return site;
    }
}
