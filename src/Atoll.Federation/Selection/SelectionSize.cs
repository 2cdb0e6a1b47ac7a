namespace Atoll.Federation.Selection;

/// <summary>How many sites a fraction or a count asks for.</summary>
internal static class SelectionSize
{
    /// <summary>The count, or <c>max(C·K, 1)</c> to the nearest whole number (McMahan et al., 2017, Algorithm 1).</summary>
    public static int Of(string kind, double? fraction, int? count, int sites)
    {
        Require.That(fraction is null != count is null, $"A {kind} selection needs either a fraction or a count, but got {(count is null ? "neither" : "both")}.");
        int chosen = count ?? Math.Max(1, (int)Math.Round(fraction.GetValueOrDefault() * sites));
        Require.That(chosen <= sites, $"A {kind} selection of {chosen} sites needs at least as many sites to choose from, but there are {sites}.");
        return chosen;
    }

    /// <remarks>Rounded first: 1.1 · 10 is 11.000000000000002 in binary, and means 11.</remarks>
    public static int Enlarged(int needed, double factor, int sites) => (int)Math.Min(sites, Math.Ceiling(Math.Round(needed * factor, 9)));
}
