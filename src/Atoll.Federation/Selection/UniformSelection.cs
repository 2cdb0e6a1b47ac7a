namespace Atoll.Federation.Selection;

/// <summary>A fraction or a count of the sites; every set of that size is equally likely.</summary>
/// <remarks>
/// Selection sampling: a site is taken with probability (still needed)/(still to come). One number is drawn for each site, in order.
/// Knuth, The Art of Computer Programming, volume 2, section 3.4.2, algorithm S.
/// </remarks>
public sealed record UniformSelection : ISelection
{
    /// <summary>Share of the sites, in (0, 1]. Either this or <see cref="Count"/>.</summary>
    public double? Fraction { get; init => field = value is null ? null : Require.Share(value.Value, nameof(Fraction)); }

    /// <summary>How many sites take part in each round. Either this or the fraction.</summary>
    public int? Count { get; init => field = value is null ? null : Require.AtLeast(1, value.Value, nameof(Count)); }

    public ISelection Enlarged(double factor, int sites, out int needed)
    {
        needed = SelectionSize.Of("uniform", Fraction, Count, sites);
        return this with { Fraction = null, Count = SelectionSize.Enlarged(needed, factor, sites) };
    }

    public int[] Select(ReadOnlySpan<int> rows, Random random)
    {
        int[] chosen = new int[SelectionSize.Of("uniform", Fraction, Count, rows.Length)];
        int taken = 0;
        for (int site = 0; site < rows.Length; site++)
        {
            if (random.NextDouble() * (rows.Length - site) < chosen.Length - taken)
            {
                chosen[taken++] = site;
            }
        }
        return chosen;
    }
}
