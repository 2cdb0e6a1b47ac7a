using Atoll.Learning.Randomness;

namespace Atoll.Learning.Partitioning;

/// <summary>Label skew: each site holds exactly this many labels, and a label's rows are shared evenly by the sites that hold it.</summary>
/// <remarks>
/// NIID-Bench's #C = k (Li et al. 2022, <see href="https://arxiv.org/abs/2102.02079"/>): site i holds label i mod K, the rest are drawn. There a label may be
/// left without a site where sites are few; here the labels without a site are dealt first, so that no row is lost.
/// </remarks>
public sealed record LabelsPerSite : IPartition
{
    /// <summary>How many virtual sites.</summary>
    public required int Sites { get; init => field = Require.AtLeast(1, value); }

    /// <summary>How many labels each site holds.</summary>
    public required int Labels { get; init => field = Require.AtLeast(1, value); }

    public int[] Assign(ReadOnlySpan<float> targets, int classes, Philox random)
    {
        Rows.RequireLabels("labels-per-site", classes);
        Rows.RequireEnough("labels-per-site", Sites, targets.Length, Labels);
        int[][] rowsByLabel = [.. Rows.ByLabel(targets, classes).Where(rows => rows.Length > 0)];
        int labels = rowsByLabel.Length;
        Require.That(Labels <= labels, $"Partition labels-per-site must give a site at most the {labels} labels there are, but {Labels} were asked for.");
        Require.That((long)Sites * Labels >= labels,
            $"Partition labels-per-site over {Sites} sites with {Labels} labels each must find a site for each of the {labels} labels. Use more sites or more labels a site.");

        bool[][] holds = DrawLabels(labels, random);
        int[] sites = new int[targets.Length];
        for (int label = 0; label < labels; label++)
        {
            int[] rows = rowsByLabel[label], holders = [.. Enumerable.Range(0, Sites).Where(site => holds[site][label])];
            Require.That(holders.Length <= rows.Length,
                $"Partition labels-per-site would share the {rows.Length} rows of label {(int)targets[rows[0]]} among {holders.Length} sites. Use fewer sites or fewer labels a site.");
            random.Permute(rows.AsSpan());
            for (int i = 0; i < rows.Length; i++)
            {
                sites[rows[i]] = holders[i % holders.Length];
            }
        }
        return sites;
    }

    private bool[][] DrawLabels(int labels, Philox random)
    {
        bool[][] holds = [.. Enumerable.Range(0, Sites).Select(_ => new bool[labels])];
        for (int site = 0; site < Sites; site++)
        {
            holds[site][site % labels] = true;
        }
        for (int left = Sites; left < labels; left++)
        {
            holds[left % Sites][left] = true;
        }
        foreach (bool[] held in holds)
        {
            for (int missing = Labels - held.Count(h => h); missing > 0;)
            {
                int label = random.Next(labels);
                missing -= held[label] ? 0 : 1;
                held[label] = true;
            }
        }
        return holds;
    }
}
