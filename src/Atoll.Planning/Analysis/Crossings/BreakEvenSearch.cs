using Atoll.Planning.Analysis.Choice;
using Atoll.Planning.Analysis.Levers;
using Atoll.Planning.Inputs;
using Atoll.Planning.Models;
using Atoll.Planning.Results;

namespace Atoll.Planning.Analysis.Crossings;

/// <summary>Finds the values of inputs at which another arm becomes the best: by each criterion, and by their weights together.</summary>
internal sealed class BreakEvenSearch(IReadOnlyList<Alternative> arms, InputTable table, IReadOnlyList<Criterion> criteria)
{
    private const int PointsPerDecade = 8, MostKept = 12;
    private const double Span = 100, NarrowSpan = 10;

    // What a decision turns on, beside all inputs that have a range.
    private static readonly string[] Units = ["bit/s", "m", "$/m", "g/kWh", "$/kWh", "$/h", "$", "$/GB", "$/Mbit/s-month"];

    private readonly LeverWords _words = new(table);

    /// <summary>The nearest to the values given, in factors, each a sentence; at most twelve. Arms that are level as given come last.</summary>
    public IReadOnlyList<BreakEven> ByCriterion { get; private set; } = [];

    /// <summary>Where the choice by all criteria together changes: the arm that is no longer chosen, and a sentence; the nearest first.</summary>
    public IReadOnlyList<(int Loser, string Text)> OfTheChoice { get; private set; } = [];

    public BreakEvenSearch Run(ParallelOptions parallel)
    {
        Lever[] levers = [.. Lever.All(table).Where(l => l.Given > 0 && (l.IsRange || Units.Contains(l.Unit) || l.Path.EndsWith(".pue", StringComparison.Ordinal)))];
        List<Found>[] found = [.. levers.Select(_ => new List<Found>())];
        if (arms.Count > 1)
        {
            Parallel.For(0, levers.Length, parallel, i => found[i] = Search(levers[i], parallel.CancellationToken));
        }
        Found[] nearest = [.. found.SelectMany(f => f).OrderBy(f => f.IsTie).ThenBy(f => f.Distance).ThenBy(f => f.Lever.Path, StringComparer.Ordinal).ThenBy(f => f.Criterion)];
        ByCriterion = [.. nearest.Where(f => f.Criterion < criteria.Count).Take(MostKept).Select(Sentence)];
        OfTheChoice = [.. nearest.Where(f => f.Criterion == criteria.Count).Select(Choice)];
        return this;
    }

    private List<Found> Search(Lever lever, CancellationToken cancel)
    {
        double[] x = table.Values(), points = Points(lever);
        ArmOutcome[][] outcomes = [.. points.Select(p => arms.Select(a => At(a, p)).ToArray())];
        List<Found> found = [];
        for (int c = 0; c < criteria.Count; c++)
        {
            if (criteria[c] is { Output: not null } criterion)
            {
                double[][] figures = [.. arms.Select((arm, a) => outcomes.Select(o => criterion.Figure(arm, o[a])).ToArray())];
                found.AddRange(new Lead(points, figures, (arm, value) => criterion.Figure(arms[arm], At(arms[arm], value))).Flips().Select(f => new Found(lever, c, f)));
            }
        }
        double[][] scores = [.. outcomes.Select(Scores)];
        found.AddRange(new Lead(points, [.. arms.Select((_, a) => scores.Select(s => s[a]).ToArray())], (arm, value) => Scores([.. arms.Select(a => At(a, value))])[arm])
            .Flips().Select(f => new Found(lever, criteria.Count, f)));
        return found;

        ArmOutcome At(Alternative arm, double value)
        {
            cancel.ThrowIfCancellationRequested();
            lever.Set(x, value);
            return arm.Model.Evaluate(x);
        }
    }

    private double[] Scores(ArmOutcome[] outcomes) => Score.Of(criteria, arms, outcomes);

    /// <summary>
    /// From a hundredth of the low end to the hundredfold of the high end for networks, prices and grids, which differ so much from place to place; tenfold for the rest. Within what is
    /// legal, a PUE no higher than 3, and a grid no dirtier than 1,500 g/kWh, which no fuel exceeds.
    /// </summary>
    private static double[] Points(Lever lever)
    {
        LegalRange legal = lever.Legal;
        double span = Units.Contains(lever.Unit) ? Span : NarrowSpan, high = Math.Max(lever.High, lever.Given);
        double ceiling = lever.Path.EndsWith(".pue", StringComparison.Ordinal) ? 3 : lever.Unit == "g/kWh" ? 1500 : double.MaxValue;
        double least = Math.Max((lever.Low > 0 ? lever.Low : lever.Given) / span, legal.Least);
        double most = Math.Min(Math.Min(high * span, Math.Max(ceiling, high)), Math.Min(legal.Most, double.MaxValue));
        int steps = Math.Max(16, (int)Math.Ceiling(Math.Log10(most / least) * PointsPerDecade));
        IEnumerable<double> spaced = Enumerable.Range(0, steps + 1).Select(i => Math.Clamp(least * Math.Pow(most / least, (double)i / steps), least, most));
        return [.. spaced.Append(lever.Given).Distinct().Order()];
    }

    private BreakEven Sentence(Found f)
    {
        (string side, int better, int worse) = Sides(f);
        return new()
        {
            Vary = f.Lever.Path,
            By = criteria[f.Criterion].Output!.Name,
            Value = f.Flip.Value,
            Unit = Measure.JsonUnit(f.Lever.Unit),
            Below = arms[f.Flip.Below].Name,
            Above = arms[f.Flip.Above].Name,
            Text = $"{side} {_words.At(f.Lever, f.Flip.Value)}, {arms[better].Words} {criteria[f.Criterion].Beats} {arms[worse].Words}.",
        };
    }

    private (int Loser, string Text) Choice(Found f)
    {
        (string side, int better, int worse) = Sides(f);
        return (worse, $"{side} {_words.At(f.Lever, f.Flip.Value)}, {arms[better].Words} would come out before {arms[worse].Words}.");
    }

    /// <summary>Said from where the plan stands: of the side on which it is not.</summary>
    private static (string Side, int Better, int Worse) Sides(Found f) => f.Lever.Given > f.Flip.Value ? ("Below", f.Flip.Below, f.Flip.Above) : ("Above", f.Flip.Above, f.Flip.Below);

    private sealed record Found(Lever Lever, int Criterion, Flip Flip)
    {
        /// <summary>Where the plan stands already: two arms are level, and any change decides between them. True, and of little use: such go last.</summary>
        public bool IsTie => Distance < 0.005;

        public double Distance => Math.Abs(Math.Log(Flip.Value / Lever.Given));
    }
}
