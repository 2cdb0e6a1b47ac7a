using Atoll.Planning.Models;

namespace Atoll.Planning.Analysis.Choice;

/// <summary>
/// What the weights make of the arms' figures: for each arm the weighted geometric mean of its ratios to the best arm, exp(Σ w·ln(x / best) / Σ w): 1 for one that is best in everything, and the lowest is the best.
/// </summary>
/// <remarks>
/// Ratios need no common unit, and the order of two arms does not depend on a third (the weighted product model: Tofallis 2014, <see href="https://doi.org/10.1287/ited.2013.0124"/>).
/// A figure below a thousandth of the largest counts as that thousandth: an arm that emits nothing is not infinitely better. A figure that is infinite or unknown puts its arm last.
/// </remarks>
internal static class Score
{
    private const double LargestRatio = 1000, Tie = 1e-9;

    /// <param name="figures">Criterion by criterion, in each arm by arm, as <see cref="Criterion.Weighable"/> gives them.</param>
    /// <param name="scores">One for each arm.</param>
    public static void Of(IReadOnlyList<Criterion> criteria, ReadOnlySpan<double> figures, Span<double> scores)
    {
        scores.Clear();
        double weights = 0;
        for (int c = 0; c < criteria.Count; c++)
        {
            ReadOnlySpan<double> row = figures.Slice(c * scores.Length, scores.Length);
            double most = 0, least = double.PositiveInfinity;
            foreach (double x in row)
            {
                (most, least) = double.IsFinite(x) ? (Math.Max(most, x), Math.Min(least, x)) : (most, least);
            }
            double floor = most / LargestRatio, best = Math.Log(Math.Max(least, floor));
            for (int arm = 0; arm < scores.Length; arm++)
            {
                // All at 0: nothing to choose between.
                scores[arm] += !double.IsFinite(row[arm]) ? double.PositiveInfinity : most > 0 ? criteria[c].Weight * (Math.Log(Math.Max(row[arm], floor)) - best) : 0;
            }
            weights += criteria[c].Weight;
        }
        foreach (ref double score in scores)
        {
            score = Math.Exp(score / weights);
        }
    }

    /// <summary>Of the arms' outcomes.</summary>
    public static double[] Of(IReadOnlyList<Criterion> criteria, IReadOnlyList<Alternative> arms, IReadOnlyList<ArmOutcome> outcomes)
    {
        double[] figures = [.. criteria.SelectMany(c => arms.Select((arm, a) => c.Weighable(c.Figure(arm, outcomes[a]))))], scores = new double[arms.Count];
        Of(criteria, figures, scores);
        return scores;
    }

    /// <summary>Whether an arm's figure is the lowest, or is that but for rounding (one part in 10⁹).</summary>
    public static bool IsBest(ReadOnlySpan<double> figures, int arm)
    {
        double best = double.PositiveInfinity;
        foreach (double figure in figures)
        {
            best = figure < best ? figure : best;
        }
        return double.IsFinite(best) && figures[arm] <= best + (Tie * Math.Abs(best));
    }

    /// <summary>The first of the best; −1 where no figure is finite.</summary>
    public static int Best(ReadOnlySpan<double> figures)
    {
        for (int arm = 0; arm < figures.Length; arm++)
        {
            if (IsBest(figures, arm))
            {
                return arm;
            }
        }
        return -1;
    }
}
