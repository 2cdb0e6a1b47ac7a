namespace Atoll.Dashboard.Plans;

/// <summary>A figure and the parts that make it up: a bar of the stacked chart, and a table.</summary>
/// <param name="Name">Names the chart's view.</param>
/// <param name="Label">As in a sentence.</param>
internal sealed record PlanStack(string Name, string Label, PlanFigure Total, IReadOnlyList<PlanPart> Parts)
{
    public static IReadOnlyList<PlanStack> All { get; } =
    [
        Of("time", "time", "wall-clock-hours", ("compute-hours", "computing"), ("exposed-communication-hours", "waiting for the network"), ("waiting-hours", "waiting for others"), ("movement-hours", "moving raw data")),
        Of("energy", "energy", "energy-kwh.total", ("energy-kwh.compute", "computing"), ("energy-kwh.overhead", "cooling and overhead"), ("energy-kwh.network", "network")),
        Of("carbon", "carbon", "carbon-kg.total", ("carbon-kg.location-based", "operation, by location"), ("carbon-kg.network", "network"), ("carbon-kg.embodied", "embodied in hardware")),
        Of("money", "money", "cost-usd.total", ("cost-usd.hardware", "hardware"), ("cost-usd.electricity", "electricity"), ("cost-usd.network", "network")),
    ];

    private static PlanStack Of(string name, string label, string total, params (string Output, string Label)[] parts) =>
        new(name, label, PlanFigure.Of(total), [.. parts.Select(part => new PlanPart(PlanFigure.Of(part.Output), part.Label))]);
}

/// <param name="Label">Shorter than the figure's own: the chart says what it is part of.</param>
internal sealed record PlanPart(PlanFigure Figure, string Label);
