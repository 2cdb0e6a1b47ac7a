using Atoll.Planning.Analysis.Choice;
using Atoll.Planning.Analysis.Levers;
using Atoll.Planning.Inputs;
using Atoll.Planning.Models;
using Atoll.Planning.Results;

namespace Atoll.Planning.Analysis.Uncertainty;

/// <summary>Which inputs move an arm's figures most: each with a range goes to its low and to its high end, all others as given.</summary>
internal static class Tornado
{
    private const int Largest = 10;

    /// <returns>For each criterion, in their order, the inputs that move it, at most ten, the largest difference first.</returns>
    public static IReadOnlyList<Influence> Of(Alternative arm, InputTable table, IReadOnlyList<Criterion> criteria, CancellationToken cancel)
    {
        double[] x = table.Values();
        Criterion[] measured = [.. criteria.Where(c => c.Output is not null)];
        ArmOutcome given = arm.Model.Evaluate(x);
        List<(Influence Influence, double Size)>[] moved = [.. measured.Select(_ => new List<(Influence, double)>())];
        foreach (Lever lever in Lever.All(table).Where(l => l.IsRange))
        {
            cancel.ThrowIfCancellationRequested();
            ArmOutcome low = At(lever.Low), high = At(lever.High);
            lever.Set(x, lever.Given);
            for (int c = 0; c < measured.Length; c++)
            {
                double middle = measured[c].Figure(arm, given), atLow = measured[c].Figure(arm, low), atHigh = measured[c].Figure(arm, high);
                // The given value may be the best or worst of the range: what moves the figure both ways counts whole.
                double size = Math.Max(Math.Max(atLow, atHigh), middle) - Math.Min(Math.Min(atLow, atHigh), middle);
                if (double.IsFinite(size) && size > 0)
                {
                    moved[c].Add((new(lever.Path, measured[c].Output!.Name, atLow, atHigh), size));
                }
            }

            ArmOutcome At(double value)
            {
                lever.Set(x, value);
                return arm.Model.Evaluate(x);
            }
        }
        return [.. moved.SelectMany(m => m.OrderByDescending(i => i.Size).ThenBy(i => i.Influence.Input, StringComparer.Ordinal).Take(Largest)).Select(i => i.Influence)];
    }
}
