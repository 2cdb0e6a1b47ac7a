namespace Atoll.Federation.Selection;

/// <summary>Every site, every round.</summary>
public sealed record AllSites : ISelection
{
    public int[] Select(ReadOnlySpan<int> rows, Random random) => [.. Enumerable.Range(0, rows.Length)];

    public ISelection Enlarged(double factor, int sites, out int needed)
    {
        needed = sites;
        return this;
    }
}
