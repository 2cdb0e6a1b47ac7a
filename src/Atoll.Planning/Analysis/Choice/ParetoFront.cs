namespace Atoll.Planning.Analysis.Choice;

/// <summary>Arms that no other beats in everything at once.</summary>
internal static class ParetoFront
{
    /// <summary>Indices of the arms for which no other is at least as good by every criterion and better by one.</summary>
    /// <param name="figures">Criterion by criterion the figures of the arms; less is better. An arm with a figure that is no number is on no front.</param>
    public static IReadOnlyList<int> Of(IReadOnlyList<double[]> figures)
    {
        int arms = figures[0].Length;
        int[] known = [.. Enumerable.Range(0, arms).Where(a => figures.All(f => !double.IsNaN(f[a])))];
        return [.. known.Where(a => !known.Any(b => Dominates(figures, b, a)))];
    }

    private static bool Dominates(IReadOnlyList<double[]> figures, int a, int b) => figures.All(f => f[a] <= f[b] || IsRounding(f[a], f[b])) && figures.Any(f => f[a] < f[b] && !IsRounding(f[a], f[b]));

    /// <summary>Two that do the same are both on the front, whatever the last bit says.</summary>
    private static bool IsRounding(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Abs(b);
}
