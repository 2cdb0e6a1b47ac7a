using System.Text.Json;
using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Planning.Workloads;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests;

/// <summary>What a run is to come to, worked out before it begins, against what it came to.</summary>
public sealed class ForecastTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Operations_and_bytes_of_every_algorithm_come_out_as_foreseen()
    {
        Experiment experiment = _lab.ThreeClasses(Lab.AllArms + """

              steps: { kind: federated, rounds: 3, training: { local-steps: 17, batch-size: 5 }, selection: { kind: uniform, count: 3 } }
            """);

        RunResult result = _lab.Run(experiment);

        RunForecast forecast = result.Forecast.ShouldNotBeNull();
        forecast.Arms.Select(arm => (arm.Name, arm.Flops, arm.BytesUp, arm.BytesDown)).ShouldBe(result.Arms.Select(arm => (arm.Name, arm.Flops, arm.BytesUp, arm.BytesDown)));
        result.Arms.ShouldAllBe(arm => arm.Flops > 0);
    }

    [Fact]
    public void Time_and_energy_are_the_busiest_workers_rows_at_the_pace_that_was_tried()
    {
        // Two workers and four equal sites: each trains two of them in a round.
        Experiment experiment = _lab.ThreeClasses("""
            centralized: { kind: centralized, epochs: 3 }
              fedavg: { kind: federated, rounds: 5 }
            """);
        int[] rows = [.. Lab.Prepared(experiment, "fedavg").Data.Sites.Select(site => site.Train.Length)];
        List<(string, int)> tried = [];

        RunResult result = Lab.Run(_lab.Request(experiment) with
        {
            Pace = (arm, workers) =>
            {
                tried.Add((arm.Name, workers));
                return new(SamplesPerSecond: 100, Watts: 36);
            },
        });

        tried.ShouldBe([("centralized", 1), ("fedavg", 2)]);
        ArmForecast[] arms = [.. result.Forecast!.Arms];
        arms[0].Seconds!.Value.ShouldBe(3 * rows.Sum() / 100.0, 1e-12);
        arms[0].EnergyKWh!.Value.ShouldBe(arms[0].Seconds!.Value * 1e-5, 1e-15); // 36 W for a second are 1e-5 kWh
        arms[1].Seconds!.Value.ShouldBe(5 * MachineForecastOf(rows) / 100.0, 1e-12);
    }

    [Fact]
    public void The_forecast_stands_in_the_folder_and_stays_when_the_run_is_resumed()
    {
        Experiment experiment = _lab.ThreeClasses("""
            centralized: { kind: centralized, epochs: 2 }
              fedavg: { kind: federated, rounds: 2 }
            """);
        string folder = _lab.NewFolder();
        using CancellationTokenSource source = new();
        Should.Throw<OperationCanceledException>(() => Lab.Run(_lab.Request(experiment, folder) with { Pace = (_, _) => new(100, null) }, new Watcher("fedavg", 0, 1, source.Cancel), source.Token));
        string begun = File.ReadAllText(Path.Combine(folder, "plan.json"));

        RunResult result = Lab.Run(_lab.Request(experiment, folder) with { Resume = true, Pace = (_, _) => new(999, null) });

        File.ReadAllText(Path.Combine(folder, "plan.json")).ShouldBe(begun);
        JsonSerializer.Serialize(result.Forecast, RunForecastJson.Default.RunForecast).ShouldBe(begun);
    }

    [Fact]
    public void A_model_that_is_tried_for_a_moment_trains_about_as_fast_as_the_run()
    {
        Experiment experiment = _lab.ThreeClasses("centralized: { kind: centralized, epochs: 2 }");
        LoadedArm arm = LoadedExperiment.Load(experiment, experiment.Seed).Arms["centralized"];

        MachinePace pace = MachinePace.Measure(arm, workers: 1, new FakeMeter());

        pace.SamplesPerSecond.ShouldBeInRange(1e3, 1e9); // 200 operations a row: no machine that runs this is outside
        pace.Watts.ShouldBe((FakeMeter.Processor + FakeMeter.Memory) / FakeMeter.Seconds);
    }

    /// <summary>Rows of the busier of two, where each takes the largest that is left.</summary>
    private static int MachineForecastOf(int[] rows)
    {
        int a = 0, b = 0;
        foreach (int size in rows.OrderDescending())
        {
            if (a <= b)
            {
                a += size;
            }
            else
            {
                b += size;
            }
        }
        return Math.Max(a, b);
    }
}
