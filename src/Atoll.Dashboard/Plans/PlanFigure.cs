using Atoll.Dashboard.Figures;
using Atoll.Planning.Models;
using Atoll.Planning.Results;

namespace Atoll.Dashboard.Plans;

/// <summary>One figure of an arm as the page shows it.</summary>
/// <param name="Name">The output's name: <c>energy-kwh.total</c>.</param>
/// <param name="Json">Its name in the JSON, by which ranges are kept: <c>energyKWh.total</c>.</param>
internal sealed record PlanFigure(string Name, string Json, Func<ArmPlan, double?> Value)
{
    private static readonly Dictionary<string, Output> Outputs = Output.All.ToDictionary(output => output.Name, StringComparer.Ordinal);

    public static IReadOnlyList<PlanFigure> All { get; } =
    [
        new("wall-clock-hours", "wallClockHours", arm => arm.WallClockHours),
        new("compute-hours", "computeHours", arm => arm.ComputeHours),
        new("exposed-communication-hours", "exposedCommunicationHours", arm => arm.ExposedCommunicationHours),
        new("hidden-communication-hours", "hiddenCommunicationHours", arm => arm.HiddenCommunicationHours),
        new("waiting-hours", "waitingHours", arm => arm.WaitingHours),
        new("movement-hours", "movementHours", arm => arm.MovementHours),
        new("utilization", "utilization", arm => arm.Utilization) { Unit = UnitScale.Share, HigherIsBetter = true },
        new("energy-kwh.compute", "energyKWh.compute", arm => arm.EnergyKWh.Compute),
        new("energy-kwh.overhead", "energyKWh.overhead", arm => arm.EnergyKWh.Overhead),
        new("energy-kwh.network", "energyKWh.network", arm => arm.EnergyKWh.Network),
        new("energy-kwh.total", "energyKWh.total", arm => arm.EnergyKWh.Total),
        new("carbon-kg.location-based", "carbonKg.locationBased", arm => arm.CarbonKg.LocationBased),
        new("carbon-kg.market-based", "carbonKg.marketBased", arm => arm.CarbonKg.MarketBased),
        new("carbon-kg.network", "carbonKg.network", arm => arm.CarbonKg.Network),
        new("carbon-kg.embodied", "carbonKg.embodied", arm => arm.CarbonKg.Embodied),
        new("carbon-kg.total", "carbonKg.total", arm => arm.CarbonKg.Total),
        new("water-litres", "waterLitres", arm => arm.WaterLitres),
        new("cost-usd.hardware", "costUsd.hardware", arm => arm.CostUsd.Hardware),
        new("cost-usd.electricity", "costUsd.electricity", arm => arm.CostUsd.Electricity),
        new("cost-usd.network", "costUsd.network", arm => arm.CostUsd.Network),
        new("cost-usd.total", "costUsd.total", arm => arm.CostUsd.Total),
        new("capital-usd", "capitalUsd", arm => arm.CapitalUsd),
        new("cost-per-exaflop-usd", "costPerExaflopUsd", arm => arm.CostPerExaflopUsd),
        new("sci-grams-per-exaflop", "sciGramsPerExaflop", arm => arm.SciGramsPerExaflop),
        new("effective-pue", "effectivePue", arm => arm.EffectivePue) { Unit = UnitScale.Factor },
        new("loss-ratio", "lossRatio", arm => arm.LossRatio) { Unit = UnitScale.Ratio },
    ];

    public string Label => Outputs[Name].Label;

    /// <summary>Names a <see cref="UnitScale"/>.</summary>
    public string Unit { get => field ?? Outputs[Name].Unit; private init; }

    public bool HigherIsBetter { get; private init; }

    /// <summary>As part of a name in the page: without dots.</summary>
    public string Id => Name.Replace('.', '-');

    public static PlanFigure Of(string name) => Find(name) ?? throw new ArgumentException($"A figure must be one of {string.Join(", ", All.Select(figure => figure.Name))} (was \"{name}\").", nameof(name));

    /// <summary>By the output's name; null where none has it.</summary>
    public static PlanFigure? Find(string name) => All.FirstOrDefault(figure => figure.Name == name);

    /// <summary>Null where the arm has none that is a number.</summary>
    public double? In(ArmPlan arm) => Value(arm) is { } value && double.IsFinite(value) ? value : null;

    public Percentiles? Range(ArmPlan arm) =>
        arm.Range.GetValueOrDefault(Json) is { } range && double.IsFinite(range.P05) && double.IsFinite(range.P95) ? range : null;

    public string Text(double? value) => UnitScale.Of(Unit).Text(value);
}
