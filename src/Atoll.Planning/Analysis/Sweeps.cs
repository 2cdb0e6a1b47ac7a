using System.Collections.Concurrent;
using Atoll.Planning.Analysis.Levers;
using Atoll.Planning.Inputs;
using Atoll.Planning.Models;
using Atoll.Planning.Results;

namespace Atoll.Planning.Analysis;

/// <summary>Runs through one input, or two against each other.</summary>
internal static class Sweeps
{
    public static SweepResult Run(Axis axis, Axis? against, Output output, IReadOnlyList<Alternative> arms, InputTable table, ParallelOptions parallel)
    {
        int rows = against?.Values.Count ?? 1, columns = axis.Values.Count;
        int cells = rows * columns;
        double?[][] results = [.. arms.Select(_ => new double?[cells])];
        Parallel.ForEach(Partitioner.Create(0, cells, 64), parallel, range =>
        {
            double[] x = table.Values();
            for (int cell = range.Item1; cell < range.Item2; cell++)
            {
                against?.Lever.Set(x, against.Values[cell / columns]);
                axis.Lever.Set(x, axis.Values[cell % columns]);
                for (int arm = 0; arm < arms.Count; arm++)
                {
                    results[arm][cell] = output.Value(arms[arm].Model.Evaluate(x)) is { } value && double.IsFinite(value) ? value : null;
                }
            }
        });
        return new()
        {
            Vary = axis.Name,
            Unit = Measure.JsonUnit(axis.Lever.Unit),
            Values = axis.Values,
            Against = against?.Name,
            AgainstUnit = against is null ? null : Measure.JsonUnit(against.Lever.Unit),
            AgainstValues = against?.Values,
            Show = output.Name,
            Arms = arms.Select((arm, i) => (arm.Name, Values: (IReadOnlyList<double?>)results[i])).ToDictionary(a => a.Name, a => a.Values),
        };
    }
}
