using System.Globalization;
using Atoll.Learning.Randomness;

namespace Atoll.Learning.Partitioning;

/// <summary>Label skew: each label is spread over the sites in proportions drawn from a Dirichlet distribution.</summary>
/// <remarks>
/// As NIID-Bench does (Li et al. 2022, <see href="https://arxiv.org/abs/2102.02079"/>, and its code): a site that already holds its even share of all
/// rows gets none of the labels still to come, and everything is drawn again until every site has <see cref="MinimumRows"/>.
/// </remarks>
public sealed record Dirichlet : IPartition
{
    /// <summary>How many virtual sites.</summary>
    public required int Sites { get; init => field = Require.AtLeast(1, value); }

    /// <summary>Concentration: near 0 a label lives at one site, from about 100 up the sites are alike.</summary>
    public required double Alpha { get; init => field = Require.MoreThan(0.0, value); }

    /// <summary>The fewest rows a site may have.</summary>
    public int MinimumRows { get; init => field = Require.AtLeast(1, value); } = 10;

    public int[] Assign(ReadOnlySpan<float> targets, int classes, Philox random)
    {
        Rows.RequireLabels("dirichlet", classes);
        Rows.RequireEnough("dirichlet", Sites, targets.Length, MinimumRows);

        int[][] rowsByLabel = Rows.ByLabel(targets, classes);
        double[][] shares = DrawShares(rowsByLabel, targets.Length, random);
        int[] sites = new int[targets.Length];
        for (int label = 0; label < classes; label++)
        {
            random.Permute(rowsByLabel[label].AsSpan());
            Rows.Deal(rowsByLabel[label], shares[label], sites);
        }
        return sites;
    }

    /// <summary>One row of shares a label.</summary>
    private double[][] DrawShares(int[][] rowsByLabel, int rows, Philox random)
    {
        double[][] shares = [.. rowsByLabel.Select(_ => new double[Sites])];
        int[] counts = new int[Sites];
        int attempts = Rows.Attempts((long)Sites * shares.Length);
        for (int attempt = 0; attempt < attempts; attempt++)
        {
            Array.Clear(counts);
            for (int label = 0; label < shares.Length; label++)
            {
                random.NextLogGammas(Alpha, shares[label]);
                for (int site = 0; site < Sites; site++)
                {
                    bool full = (long)counts[site] * Sites >= rows;
                    shares[label][site] = full ? double.NegativeInfinity : shares[label][site];
                }
                if (rowsByLabel[label].Length > 0)
                {
                    Distributions.Normalize(shares[label]);
                    Rows.Count(rowsByLabel[label].Length, shares[label], counts);
                }
            }
            if (counts.Min() >= MinimumRows)
            {
                return shares;
            }
        }
        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
            $"Partition dirichlet with alpha {Alpha} over {Sites} sites must give every site at least {MinimumRows} of {rows} rows, "
            + $"but none of {attempts} draws did. Use fewer sites, a larger alpha or a smaller minimum-rows."));
    }
}
