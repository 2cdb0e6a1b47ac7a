using Atoll.Dashboard.Verdicts;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Report;

/// <summary>A cost and the parts that make it up, for every arm: a view of the stacked chart, and a table.</summary>
/// <param name="Name">Names the chart's view.</param>
/// <param name="Label">As on the view's button; says whether it is measured or modelled.</param>
/// <param name="Unit">Of the values.</param>
/// <param name="Values">By arm, a figure for each part; null where the arm has none.</param>
internal sealed record CostStack(string Name, string Label, string Unit, IReadOnlyList<string> Parts, IReadOnlyDictionary<string, IReadOnlyList<double>?> Values)
{
    private const double JoulesPerKilowattHour = 3.6e6;

    /// <summary>Those of which there is anything to show.</summary>
    public static IReadOnlyList<CostStack> Of(RunResult run)
    {
        string[] components = [.. run.Arms.SelectMany(arm => arm.Footprint?.Measured?.Energy ?? []).Select(Component).Distinct(StringComparer.Ordinal)];
        return
        [
            .. new[]
            {
                Measured(run, "energy-here", $"energy {FootprintWords.Place(run)}", "J", components, m => [.. components.Select(name => JoulesPerKilowattHour * m.Energy.Where(part => Component(part) == name).Sum(part => part.EnergyKWh))]),
                Modelled(run, "energy-sites", "energy at the sites", "J", ["computing", "cooling, waiting and coordinator", "network"],
                    m => [JoulesPerKilowattHour * m.EnergyKWh.Compute, JoulesPerKilowattHour * m.EnergyKWh.Overhead, JoulesPerKilowattHour * m.EnergyKWh.Network]),
                Modelled(run, "carbon-sites", "carbon at the sites", "kg", ["operation, by location", "network", "embodied in hardware"], m => [m.CarbonKg.LocationBased, m.CarbonKg.Network, m.CarbonKg.Embodied]),
                Modelled(run, "money-sites", "money at the sites", "USD", ["hardware", "electricity", "network"], m => [m.CostUsd.Hardware, m.CostUsd.Electricity, m.CostUsd.Network]),
            }.Where(stack => stack.Values.Values.Any(values => values is not null && values.Sum() > 0)),
        ];
    }

    /// <summary>A component whose counter failed on the way is two: what was read, and what was modelled.</summary>
    public static string Component(MeasuredEnergy part) => $"{part.Component} ({part.Basis})";

    private static CostStack Measured(RunResult run, string name, string label, string unit, IReadOnlyList<string> parts, Func<MeasuredFootprint, double[]> values) =>
        new(name, label, unit, parts, run.Arms.ToDictionary(arm => arm.Name, arm => arm.Footprint?.Measured is { } measured ? (IReadOnlyList<double>?)values(measured) : null, StringComparer.Ordinal));

    private static CostStack Modelled(RunResult run, string name, string label, string unit, IReadOnlyList<string> parts, Func<ModelledFootprint, double[]> values) =>
        new(name, label, unit, parts, run.Arms.ToDictionary(arm => arm.Name, arm => arm.Footprint?.Modelled is { } modelled ? (IReadOnlyList<double>?)values(modelled) : null, StringComparer.Ordinal));
}
