using System.Globalization;
using Atoll.Learning.Randomness;

namespace Atoll.Learning.Partitioning;

/// <summary>Quantity skew: the sites' shares of rows are drawn from a Dirichlet distribution; which rows is chance.</summary>
/// <remarks>NIID-Bench (Li et al. 2022, <see href="https://arxiv.org/abs/2102.02079"/>): drawn again until every site has <see cref="MinimumRows"/>.</remarks>
public sealed record Quantity : IPartition
{
    /// <summary>How many virtual sites.</summary>
    public required int Sites { get; init => field = Require.AtLeast(1, value); }

    /// <summary>Concentration: near 0 one site has nearly all rows, from about 100 up all have the same.</summary>
    public required double Alpha { get; init => field = Require.MoreThan(0.0, value); }

    /// <summary>The fewest rows a site may have.</summary>
    public int MinimumRows { get; init => field = Require.AtLeast(1, value); } = 10;

    public int[] Assign(ReadOnlySpan<float> targets, int classes, Philox random)
    {
        Rows.RequireEnough("quantity", Sites, targets.Length, MinimumRows);
        double[] shares = new double[Sites];
        int[] counts = new int[Sites];
        int attempts = Rows.Attempts(Sites);
        for (int attempt = 0; attempt < attempts; attempt++)
        {
            random.NextDirichlet(Alpha, shares);
            Array.Clear(counts);
            Rows.Count(targets.Length, shares, counts);
            if (counts.Min() >= MinimumRows)
            {
                int[] sites = new int[targets.Length];
                Rows.Deal(Rows.Shuffled(targets.Length, random), shares, sites);
                return sites;
            }
        }
        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
            $"Partition quantity with alpha {Alpha} over {Sites} sites must give every site at least {MinimumRows} of {targets.Length} rows, "
            + $"but none of {attempts} draws did. Use fewer sites, a larger alpha or a smaller minimum-rows."));
    }
}
