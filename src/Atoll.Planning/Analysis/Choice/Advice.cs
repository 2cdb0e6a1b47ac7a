using System.Globalization;
using Atoll.Footprint.Quantities;
using Atoll.Planning.Analysis.Crossings;
using Atoll.Planning.Analysis.Uncertainty;
using Atoll.Planning.Models;
using Atoll.Planning.Results;

namespace Atoll.Planning.Analysis.Choice;

/// <summary>Says in words which arm to take, why, how sure that is, and what would change it.</summary>
/// <param name="baseline">Index of the arm that others are held against.</param>
/// <param name="draws">Null where there were none, or no input has a range.</param>
internal sealed class Advice(
    IReadOnlyList<Alternative> arms, IReadOnlyList<Criterion> criteria, IReadOnlyList<ArmOutcome> outcomes, int baseline, MonteCarlo? draws, int drawCount, BreakEvenSearch flips)
{
    private const int MostChanges = 3;

    /// <summary>From here on a ratio is said in times, not in percent above.</summary>
    private const double Twice = 1.995;

    private readonly double[] _scores = Score.Of(criteria, arms, outcomes);

    /// <exception cref="PlanException">No arm has a figure for everything that matters.</exception>
    public Recommendation Give()
    {
        int best = Score.Best(_scores);
        if (best < 0)
        {
            throw new PlanException($"No arm has finite figures for {Sentence.List([.. criteria.Select(c => c.Name)])}, so none can be recommended.");
        }
        if (arms.Count == 1)
        {
            return new() { Arm = arms[0].Name, Reasons = [$"{arms[0].Name} is the only arm.", .. criteria.Select((_, c) => Figure(c, best, []))] };
        }
        int next = Enumerable.Range(0, arms.Count).Where(a => a != best).MinBy(a => _scores[a]);
        int[] others = [.. new[] { next, baseline }.Where(a => a != best).Distinct()];
        return new()
        {
            Arm = arms[best].Name,
            Reasons = [Why(best, next), .. criteria.Select((_, c) => Figure(c, best, others)), .. Sureness(best), .. Changes(best)],
        };
    }

    private string Why(int best, int next)
    {
        double[][] figures = [.. criteria.Select(c => arms.Select((arm, a) => c.Weighable(c.Figure(arm, outcomes[a]))).ToArray())];
        int[] leads = [.. Enumerable.Range(0, criteria.Count).Where(c => Score.IsBest(figures[c], best) || Sentence.IsLevel(figures[c][best], figures[c].Min()))];
        // Being the fastest of arms that all take as long is nothing to choose by.
        Criterion[] won = [.. leads.Where(c => !arms.Where((_, a) => a != best && Sentence.IsLevel(figures[c][a], figures[c][best])).Any()).Select(c => criteria[c])];
        Criterion[] level = [.. leads.Select(c => criteria[c]).Except(won)];
        if (Score.IsBest(_scores, next))
        {
            return $"{arms[best].Name} and {arms[next].Name} come out level{Weights()}; the first in the file is named.";
        }
        string praise = (won.Length > 0 ? Sentence.List([.. won.Select(c => c.Best)]) : "") + (won.Length > 0 && level.Length > 0 ? ", and " : "")
            + (level.Length > 0 ? $"level with the best in {Sentence.List([.. level.Select(c => c.Name)])}" : "");
        if (leads.Length == criteria.Count && won.Length > 0)
        {
            return $"{arms[best].Name} is {praise}.";
        }
        string besides = praise.Length > 0 ? $" It is {praise}." : "";
        return $"{arms[best].Name} is the best compromise{Weights()}: on average its figures {(_scores[best] < Twice ? $"lie {Percent(_scores[best] - 1)} above" : $"are {Times(_scores[best])}")} the best of each, "
            + $"those of {arms[next].Name}, the next, {(double.IsInfinity(_scores[next]) ? "beyond any figure" : _scores[next] < Twice ? Percent(_scores[next] - 1) : Times(_scores[next]))}.{besides}";
    }

    private string Weights() => criteria.Count == 1 ? $" by {criteria[0].Name}"
        : criteria.All(c => c.Weight.Equals(criteria[0].Weight)) ? $" of {Sentence.List([.. criteria.Select(c => c.Name)])}, weighed alike"
        : $" of {Sentence.List([.. criteria.Select(c => c.Name)])}, weighed {string.Join(" : ", criteria.Select(c => c.Weight.ToString("0.###", CultureInfo.InvariantCulture)))}";

    private string Figure(int c, int best, int[] others)
    {
        Criterion criterion = criteria[c];
        double figure = criterion.Figure(arms[best], outcomes[best]);
        string name = char.ToUpperInvariant(criterion.Name[0]) + criterion.Name[1..];
        if (double.IsNaN(figure))
        {
            return $"{name}: no published law tells the loss of {arms[best].Name}; it counts as that of data-parallel training.";
        }
        if (criterion.Output is null)
        {
            return $"{name}: {Sentence.Join([criterion.Print(figure), .. others.Select(o => $"with {Called(o, others)}, {criterion.Print(criterion.Figure(arms[o], outcomes[o]))}")], "; ")}.";
        }
        string range = draws?.Ranges(best).GetValueOrDefault(criterion.Output.Name) is { } p && criterion.Print(p.P05) != criterion.Print(p.P95) ? $" as given, {criterion.Print(p.P05)} to {criterion.Print(p.P95)} in 90 % of the draws" : "";
        return $"{name}: {Sentence.Join([criterion.Print(figure) + range, .. others.Select(o => Against(c, figure, best, o, others))], "; ")}.";
    }

    private string Against(int c, double figure, int best, int other, int[] others)
    {
        double against = criteria[c].Figure(arms[other], outcomes[other]);
        if (double.IsNaN(against))
        {
            return $"that of {Called(other, others)} is not known";
        }
        string often = draws is null || Sentence.IsLevel(figure, against) ? ""
            : figure < against ? $", less in {Sentence.Share(draws.ShareBelow(c, best, other))} of the draws" : $", more in {Sentence.Share(draws.ShareBelow(c, other, best))} of the draws";
        return $"{Sentence.Compare(figure, against)} {Called(other, others)} ({criteria[c].Print(against)}{often})";
    }

    private string Called(int other, int[] others) =>
        other == baseline ? $"{arms[other].Name}, the baseline{(others.Length == 1 ? " and the next best" : "")}" : $"{arms[other].Name}, the next best";

    private IEnumerable<string> Sureness(int best)
    {
        if (draws is null)
        {
            yield return drawCount > 0 ? "No input has a range, so nothing is said of how sure this is." : "No draws were made, so nothing is said of how sure this is.";
            yield break;
        }
        string[] rivals = [.. Enumerable.Range(0, arms.Count).Where(a => a != best && draws.BestShares[a] > 0).OrderByDescending(a => draws.BestShares[a]).Take(2)
            .Select(a => $"{arms[a].Name} in {Sentence.Share(draws.BestShares[a])}")];
        yield return $"{arms[best].Name} comes out best in {Sentence.Share(draws.BestShares[best])} of {QuantityText.Digits(drawCount)} {(drawCount == 1 ? "draw" : "draws")} over the inputs' ranges"
            + (rivals.Length > 0 ? $", {Sentence.List(rivals)}." : ".");
    }

    private string[] Changes(int best)
    {
        string[] changes = [.. flips.OfTheChoice.Where(f => f.Loser == best).Take(MostChanges).Select(f => f.Text)];
        return changes.Length > 0 ? changes : ["No single input changes this, as far as prices, grids and networks go."];
    }

    private static string Times(double ratio) => $"{QuantityText.Digits(ratio)} times";

    private static string Percent(double share) => $"{QuantityText.Digits(Math.Round(share * 100, share < 0.1 ? 1 : 0))} %";
}
