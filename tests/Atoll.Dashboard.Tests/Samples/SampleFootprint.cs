using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Tests.Samples;

/// <summary>Energy, carbon and money for a sample run, in round figures that a test can name.</summary>
internal static class SampleFootprint
{
    public static RunResult WithFootprint(this RunResult run) => run with
    {
        Arms = [.. run.Arms.Select((arm, i) => arm with { Footprint = Of(arm, i + 1) })],
        Forecast = new()
        {
            Name = run.Name,
            Seed = run.Seed,
            Arms = [.. run.Arms.Select(arm => new ArmForecast { Name = arm.Name, Flops = arm.Flops, BytesUp = arm.BytesUp, BytesDown = arm.BytesDown, Seconds = arm.Seconds * 1.25, EnergyKWh = 2e-6 })],
            Notes = ["Operations and bytes are counted."],
        },
    };

    private static ArmFootprint Of(ArmResult arm, int n) => new()
    {
        Measured = new()
        {
            Seconds = arm.Seconds,
            Energy =
            [
                new() { Component = "processor", EnergyKWh = n * 2e-6, Basis = "measured", Source = "RAPL package" },
                new() { Component = "memory", EnergyKWh = n * 1e-6, Basis = "modelled", Source = "5 W for each module" },
            ],
            EnergyKWh = n * 3e-6,
            CarbonKg = n * 1e-6,
            EmbodiedKg = n * 1e-7,
            CostUsd = n * 1e-6,
            Notes = n == 3 ? ["The counter is gone. From then on: its power by load."] : [],
            Provenance = [Source("sites.this-machine.grid.intensity", "g/kWh", 342.1)],
        },
        Modelled = new()
        {
            WallClockHours = n, ComputeHours = n * 0.8, MovementHours = arm.Kind == "centralized" ? 0.1 : 0,
            EnergyKWh = new(n, n * 0.4, arm.Kind == "local" ? 0 : n * 0.1, n * (arm.Kind == "local" ? 1.4 : 1.5)), CarbonKg = new(n * 0.3, n * 0.25, 0.02, 0.05, (n * 0.3) + 0.07),
            WaterLitres = n * 2, CostUsd = new(n * 3, n * 0.5, 0.2, (n * 3.5) + 0.2), EffectivePue = 1.5, BytesMoved = arm.Kind == "centralized" ? 29_696 : 0,
            Provenance = [Source("sites.coordinator.grid.intensity", "g/kWh", 383.6), Source($"arms.{arm.Name}.operations-per-sample", "FLOP", 510_012)],
        },
    };

    private static FigureSource Source(string path, string unit, double value) =>
        new() { Path = path, Unit = unit, Value = value, Low = value * 0.9, High = value * 1.1, Basis = "modelled", Source = "Ember, Yearly Electricity Data", Year = 2024, Url = "https://ember-energy.org", Note = "life cycle" };
}
