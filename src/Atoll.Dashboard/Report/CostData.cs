using Atoll.Dashboard.Figures;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Report;

/// <summary>What the chart of costs is drawn from. Mirrored in <c>web/src/model.ts</c>.</summary>
internal sealed record CostData
{
    public required IReadOnlyList<CostView> Views { get; init; }

    /// <summary>Every unit that occurs.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<UnitStep>> Units { get; init; }

    /// <returns>Null where there is nothing to draw.</returns>
    public static CostData? Of(RunResult run)
    {
        var stacks = CostStack.Of(run);
        return stacks.Count == 0 ? null : new()
        {
            Views = [.. stacks.Select(stack => new CostView(stack.Name, stack.Label, stack.Unit, stack.Parts, stack.Values.ToDictionary(arm => arm.Key, arm => arm.Value?.Select(Finite).ToArray(), StringComparer.Ordinal)))],
            Units = stacks.Select(stack => stack.Unit).Distinct(StringComparer.Ordinal).ToDictionary(unit => unit, unit => UnitScale.Of(unit).Steps, StringComparer.Ordinal),
        };
    }

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;
}

/// <param name="Arms">By arm, a figure for each part.</param>
internal sealed record CostView(string Name, string Label, string Unit, IReadOnlyList<string> Parts, IReadOnlyDictionary<string, double[]?> Arms);
