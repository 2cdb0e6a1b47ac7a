using Atoll.Learning.Randomness;

namespace Atoll.Learning.Partitioning;

/// <summary>What the partitions share: rows in random order, rows by label, and the premises they all check.</summary>
internal static class Rows
{
    public static int[] Shuffled(int count, Philox random)
    {
        int[] rows = [.. Enumerable.Range(0, count)];
        random.Permute(rows.AsSpan());
        return rows;
    }

    /// <summary>How often to draw again before giving up: a few seconds' work, whatever the number of draws in one attempt.</summary>
    public static int Attempts(long draws) => (int)Math.Clamp(20_000_000 / draws, 100, 10_000);

    /// <summary>The rows of each label, in row order.</summary>
    public static int[][] ByLabel(ReadOnlySpan<float> targets, int classes)
    {
        List<int>[] rows = [.. Enumerable.Range(0, classes).Select(_ => new List<int>())];
        for (int row = 0; row < targets.Length; row++)
        {
            rows[(int)targets[row]].Add(row);
        }
        return [.. rows.Select(r => r.ToArray())];
    }

    public static void RequireEnough(string kind, int sites, int rows, int each = 1) =>
        Require.That((long)sites * each <= rows,
            $"Partition {kind} over {sites} sites needs at least {(long)sites * each} rows ({each} a site), but there are {rows}. Use fewer sites or more data.");

    public static void RequireLabels(string kind, int classes) =>
        Require.That(classes > 0, $"Partition {kind} skews labels and needs classes, but the label is a value to predict. Use iid, quantity or feature-noise.");

    /// <summary>Gives the rows, in their order, to the sites: site 0 up to the first cut, and so on. Cuts are the running sums of shares of 1.</summary>
    public static void Deal(ReadOnlySpan<int> rows, ReadOnlySpan<double> shares, int[] sites)
    {
        double sum = 0;
        for (int site = 0, next = 0; site < shares.Length; site++)
        {
            sum += shares[site];
            int end = site == shares.Length - 1 ? rows.Length : Cut(sum, rows.Length);
            while (next < end)
            {
                sites[rows[next++]] = site;
            }
        }
    }

    /// <summary>How many rows <see cref="Deal"/> would give each site, added to <paramref name="counts"/>.</summary>
    public static void Count(int rows, ReadOnlySpan<double> shares, Span<int> counts)
    {
        double sum = 0;
        for (int site = 0, next = 0; site < shares.Length; site++)
        {
            sum += shares[site];
            int end = site == shares.Length - 1 ? rows : Cut(sum, rows);
            counts[site] += Math.Max(0, end - next);
            next = Math.Max(next, end);
        }
    }

    // The running sum may exceed 1 by a rounding error.
    private static int Cut(double sum, int rows) => Math.Min(rows, (int)(sum * rows));
}
