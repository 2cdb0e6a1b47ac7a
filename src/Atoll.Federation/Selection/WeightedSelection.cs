namespace Atoll.Federation.Selection;

/// <summary>A fraction or a count of the sites, drawn one after the other by their training rows, without replacement.</summary>
/// <remarks>
/// Chosen by their rows, sites should count equally in the average (<see cref="Aggregation.UpdateWeights.Uniform"/>): weighted by rows as well, a site of n
/// rows would count for about n².
/// A site that is left is drawn with probability (its rows)/(all rows left). One number is drawn for each chosen site. A sum tree
/// finds the site in a number of steps that grows as the logarithm of the sites; all in integers, so no rounding decides.
/// </remarks>
public sealed record WeightedSelection : ISelection
{
    /// <summary>Share of the sites, in (0, 1]. Either this or <see cref="Count"/>.</summary>
    public double? Fraction { get; init => field = value is null ? null : Require.Share(value.Value, nameof(Fraction)); }

    /// <summary>How many sites take part in each round. Either this or the fraction.</summary>
    public int? Count { get; init => field = value is null ? null : Require.AtLeast(1, value.Value, nameof(Count)); }

    public ISelection Enlarged(double factor, int sites, out int needed)
    {
        needed = SelectionSize.Of("weighted", Fraction, Count, sites);
        return this with { Fraction = null, Count = SelectionSize.Enlarged(needed, factor, sites) };
    }

    public int[] Select(ReadOnlySpan<int> rows, Random random)
    {
        int[] chosen = new int[SelectionSize.Of("weighted", Fraction, Count, rows.Length)];
        long[] tree = SumTree(rows, out int withRows);
        Require.That(chosen.Length <= withRows, $"A weighted selection of {chosen.Length} sites needs as many sites with rows, but there are {withRows}.");

        for (int k = 0; k < chosen.Length; k++)
        {
            chosen[k] = Take(tree, Math.Min((long)(random.NextDouble() * tree[1]), tree[1] - 1));
        }
        Array.Sort(chosen);
        return chosen;
    }

    /// <summary>Node <c>i</c> sums nodes <c>2i</c> and <c>2i+1</c>; the second half are the sites.</summary>
    private static long[] SumTree(ReadOnlySpan<int> rows, out int withRows)
    {
        int leaves = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(rows.Length, 2));
        long[] tree = new long[2 * leaves];
        withRows = 0;
        for (int site = 0; site < rows.Length; site++)
        {
            tree[leaves + site] = Require.AtLeast(0, rows[site], nameof(rows));
            withRows += rows[site] > 0 ? 1 : 0;
        }
        for (int node = leaves - 1; node > 0; node--)
        {
            tree[node] = tree[2 * node] + tree[2 * node + 1];
        }
        return tree;
    }

    /// <summary>Finds the site that holds the given row, counted over all that are left, and takes the site out.</summary>
    private static int Take(long[] tree, long row)
    {
        int node = 1;
        while (node < tree.Length / 2)
        {
            node *= 2;
            if (row >= tree[node])
            {
                row -= tree[node++];
            }
        }
        int site = node - tree.Length / 2;
        for (long taken = tree[node]; node > 0; node /= 2)
        {
            tree[node] -= taken;
        }
        return site;
    }
}
