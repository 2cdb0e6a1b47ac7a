using Atoll.Footprint.Quantities;
using Atoll.Planning.Analysis.Levers;
using Atoll.Planning.File;
using Atoll.Planning.Inputs;
using Atoll.Planning.Models;
using Atoll.Planning.Results;

namespace Atoll.Planning.Analysis.Crossings;

/// <summary>Finds the value of an input at which an output reaches a value.</summary>
/// <remarks>The output is followed over the input's legal range on a logarithmic grid, and every change of side is then narrowed down (<see cref="Crossing"/>).</remarks>
internal static class Solver
{
    private const double Same = 2e-15;

    /// <param name="lever">What <see cref="Solve.Vary"/> names.</param>
    public static Solution Find(Solve question, Lever lever, Alternative arm, Output output, InputTable table, CancellationToken cancel)
    {
        double[] x = table.Values(), points = lever.Legal.Grid(lever.Given), values = new double[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            values[i] = At(points[i]);
        }
        Measure measure = Measure.In(lever.Unit);
        List<(double Value, string? Note)> found = [.. Crossings(points, values, question.Reaches, p => At(p), measure).OrderBy(f => Distance(f.Value, lever.Given))];
        return new()
        {
            Vary = question.Vary,
            Until = question.Until,
            Reaches = question.Reaches,
            Value = found.Count > 0 ? found[0].Value : null,
            Unit = Measure.JsonUnit(lever.Unit),
            Note = found.Count switch
            {
                0 => Missed(question, points, values, measure, output),
                1 => found[0].Note,
                _ => $"The nearest to the given {measure.Print(lever.Given)}; it is reached at {string.Join(" and ", found.Skip(1).Select(f => measure.Print(f.Value)))} too.",
            },
        };

        double At(double value)
        {
            lever.Set(x, value);
            return output.Value(arm.Model.Evaluate(x)) ?? double.NaN;
        }
    }

    private static IEnumerable<(double Value, string? Note)> Crossings(double[] points, double[] values, double target, Func<double, double> at, Measure measure)
    {
        int[] sides = [.. values.Select(v => Side(v, target))];
        int last = -1; // the last point that had a side
        for (int i = 0; i < points.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                last = -1;
                continue;
            }
            if (sides[i] == 0)
            {
                // Entered from one side: where it first holds. From the first point on: until where it holds.
                int end = i;
                while (end + 1 < points.Length && sides[end + 1] == 0)
                {
                    end++;
                }
                if (last >= 0)
                {
                    yield return (Crossing.First(p => Side(at(p), target) != sides[last], points[i - 1], points[i]), null);
                }
                else if (end + 1 < points.Length && !double.IsNaN(values[end + 1]))
                {
                    double until = end == i ? points[i] : Crossing.First(p => Side(at(p), target) != 0, points[end], points[end + 1]);
                    yield return (until, end == i ? null : $"It holds for every value up to {measure.Print(until)}.");
                }
                else if (end > i)
                {
                    yield return (points[i], $"It holds for every value from {measure.Print(points[i])} to {measure.Print(points[end])}.");
                }
                (i, last) = (end, -1);
                continue;
            }
            if (last >= 0 && sides[last] != sides[i])
            {
                yield return (Crossing.Zero(p => at(p) - target, points[last], points[i]), null);
            }
            last = i;
        }
    }

    private static int Side(double value, double target) => Math.Abs(value - target) <= Same * Math.Abs(target) ? 0 : value > target ? 1 : -1;

    private static double Distance(double value, double given) => given > 0 ? Math.Abs(Math.Log(value / given)) : value;

    private static string Missed(Solve question, double[] points, double[] values, Measure measure, Output output)
    {
        int[] known = [.. Enumerable.Range(0, values.Length).Where(i => double.IsFinite(values[i]))];
        if (known.Length == 0)
        {
            return $"{question.Until} has no value at any {question.Vary}.";
        }
        int least = known.MinBy(i => values[i]), most = known.MaxBy(i => values[i]);
        return Side(values[least], values[most]) == 0
            ? $"{question.Until} stays at {Figure(values[least])} whatever {question.Vary} is."
            : $"{question.Until} does not reach {Figure(question.Reaches)}: from {measure.Print(points[known[0]])} to {measure.Print(points[known[^1]])} of {question.Vary} it lies between "
                + $"{Figure(values[least])} (at {measure.Print(points[least])}) and {Figure(values[most])} (at {measure.Print(points[most])}).";

        string Figure(double value) => $"{QuantityText.Digits(value)} {output.Unit}".TrimEnd();
    }
}
