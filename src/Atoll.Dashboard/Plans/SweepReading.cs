using Atoll.Planning.Results;

namespace Atoll.Dashboard.Plans;

/// <summary>A sweep made ready to be drawn and tabled: thinned, without figures that are none, and with the values at which the best arm changes.</summary>
internal sealed class SweepReading
{
    public const int MostValues = 240;

    /// <summary>Values of each input of a map: a cell of a page's width is then some ten pixels.</summary>
    public const int MostMapValues = 64;

    private const double Level = 1e-9;

    private SweepReading(SweepResult sweep) => Sweep = sweep;

    public SweepResult Sweep { get; }

    /// <summary>Null where the sweep shows an output that this page does not know.</summary>
    public PlanFigure? Figure { get; private init; }

    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Of the second input; empty for curves.</summary>
    public required IReadOnlyList<double> Against { get; init; }

    /// <summary>By arm, in the plan's order: at each value, or row by row of the second input.</summary>
    public required IReadOnlyList<(string Arm, double?[] Values)> Arms { get; init; }

    /// <summary>Values of the first input at which the best arm changes; empty for a map.</summary>
    public required IReadOnlyList<double> Marks { get; init; }

    public bool IsMap => Against.Count > 0;

    public string Label => Figure?.Label ?? Sweep.Show;

    public static SweepReading Of(PlanResult plan, SweepResult sweep)
    {
        var isMap = sweep is { Against: not null, AgainstValues.Count: > 0 };
        int[] columns = Even(sweep.Values.Count, isMap ? MostMapValues : MostValues);
        int[] rows = isMap ? Even(sweep.AgainstValues!.Count, MostMapValues) : [0];
        List<(string Arm, double?[] Values)> arms =
        [
            .. plan.Arms.Where(arm => sweep.Arms.ContainsKey(arm.Name)).Select(arm =>
            {
                var all = sweep.Arms[arm.Name];
                return (arm.Name, rows.SelectMany(row => columns.Select(column => Finite(all, (row * sweep.Values.Count) + column))).ToArray());
            }),
        ];
        double[] values = [.. columns.Select(i => sweep.Values[i])];
        var figure = PlanFigure.Find(sweep.Show);
        return new(sweep)
        {
            Figure = figure,
            Values = values,
            Against = isMap ? [.. rows.Select(i => sweep.AgainstValues![i])] : [],
            Arms = arms,
            Marks = isMap ? [] : MarksOf(plan, sweep, values, arms, figure?.HigherIsBetter ?? false),
        };
    }

    /// <summary>The best arm at a place of the values; null where no arm has one there.</summary>
    public string? BestAt(int index)
    {
        var there = Arms.Where(arm => arm.Values[index] is not null).ToList();
        if (there.Count == 0)
        {
            return null;
        }

        var best = (Figure?.HigherIsBetter ?? false) ? there.Max(arm => arm.Values[index]!.Value) : there.Min(arm => arm.Values[index]!.Value);
        // Of arms that are level but for rounding the first, as the recommendation has it.
        return there.First(arm => Math.Abs(arm.Values[index]!.Value - best) <= Level * Math.Abs(best)).Arm;
    }

    public string Text(double? value) => Figure is { } figure ? figure.Text(value) : Figures.Figure.Amount(value, "");

    /// <summary>At most so many places out of so many, evenly spaced, the first and the last among them.</summary>
    internal static int[] Even(int count, int most) => count <= most
        ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(0, most).Select(i => (int)Math.Round((double)i * (count - 1) / (most - 1)))];

    /// <summary>The plan's own break-evens where it has them; else where the drawn curves cross.</summary>
    private static double[] MarksOf(PlanResult plan, SweepResult sweep, double[] values, IReadOnlyList<(string Arm, double?[] Values)> arms, bool higherIsBetter)
    {
        double[] known =
        [
            .. plan.BreakEvens.Where(even => even.Vary == sweep.Vary && even.By == sweep.Show && even.Value >= values.Min() && even.Value <= values.Max()).Select(even => even.Value).Order(),
        ];
        return known.Length > 0 ? known : [.. Crossings(values, arms, higherIsBetter)];
    }

    /// <summary>Where the best arm changes between two values: both curves taken as straight between them.</summary>
    private static IEnumerable<double> Crossings(double[] values, IReadOnlyList<(string Arm, double?[] Values)> arms, bool higherIsBetter)
    {
        double[]? before = null;
        for (var i = 0; i < values.Length; i++)
        {
            var at = arms.Where(arm => arm.Values[i] is not null).ToList();
            if (at.Count == 0)
            {
                before = null;
                continue;
            }

            var best = (higherIsBetter ? at.MaxBy(arm => arm.Values[i]) : at.MinBy(arm => arm.Values[i])).Values.Select(v => v ?? double.NaN).ToArray();
            if (before is not null && !ReferenceEquals(before, best) && i > 0)
            {
                double left = before[i - 1] - best[i - 1], right = before[i] - best[i];
                if (left != right && Math.Sign(left) != Math.Sign(right) && double.IsFinite(left) && double.IsFinite(right))
                {
                    yield return values[i - 1] + ((values[i] - values[i - 1]) * left / (left - right));
                }
            }

            before = best;
        }
    }

    private static double? Finite(IReadOnlyList<double?> all, int index) => index < all.Count && all[index] is { } value && double.IsFinite(value) ? value : null;
}
