using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests;

/// <summary>Runs of experiments that say what their sites are.</summary>
public sealed class DeclaredSitesTests : IDisposable
{
    private const string Arms = """
        centralized: { kind: centralized, epochs: 2 }
          fedavg: { kind: federated, rounds: 2 }
        """;

    private const string Sites = "sites: { default: { hardware: { achieved: 1 MFLOP/s, power: 100 W }, pue: 1.5, grid: { intensity: 100 g/kWh }, link: { bandwidth: 1 Mbit/s } } }";

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Sites_change_no_byte_of_a_model_and_a_run_can_be_resumed_at_other_sites()
    {
        Experiment without = _lab.ThreeClasses(Arms), with = _lab.ThreeClasses(Arms, Sites);
        string plain = _lab.NewFolder(), folder = _lab.NewFolder();
        _lab.Run(without, plain);
        using CancellationTokenSource source = new();
        Should.Throw<OperationCanceledException>(() => _lab.Run(without, folder, observer: new Watcher("fedavg", 0, 1, source.Cancel), cancellation: source.Token));

        RunResult resumed = _lab.Resume(with, folder);

        Lab.Models(folder).ShouldBe(Lab.Models(plain));
        resumed.Arms.ShouldAllBe(arm => arm.Footprint!.Modelled!.CarbonKg.Total > 0);
        ExperimentFile.Read(Path.Combine(folder, "experiment.yaml")).Sites.ShouldNotBeNull().Keys.ShouldBe(["default"]);
    }

    [Fact]
    public void Several_seeds_give_the_mean_of_their_accounts()
    {
        Experiment experiment = _lab.ThreeClasses("""
            centralized: { kind: centralized, epochs: 2 }
              ragged: { kind: federated, rounds: 3, training: { local-epochs: { min: 1, max: 9 } } }
            """, Sites);

        ModelledFootprint both = Ragged(Lab.Run(_lab.Request(experiment) with { Repeat = 2 }));

        ModelledFootprint first = Ragged(_lab.Run(experiment)), second = Ragged(_lab.Run(experiment with { Seed = experiment.Seed + 1 }));
        first.EnergyKWh.Compute.ShouldNotBe(second.EnergyKWh.Compute);
        both.EnergyKWh.Compute.ShouldBe((first.EnergyKWh.Compute + second.EnergyKWh.Compute) / 2, 1e-15);
        both.CarbonKg.Total.ShouldBe((first.CarbonKg.Total + second.CarbonKg.Total) / 2, 1e-15);
    }

    [Fact]
    public void Energy_here_has_carbon_and_money_where_this_machine_says_its_grid_and_tariff()
    {
        Experiment experiment = _lab.ThreeClasses(Arms, "sites: { this-machine: { grid: { intensity: 360 g/kWh }, tariff: 0.36 $/kWh, pue: 2, hardware: { power: 1 W, embodied: 100 kg, lifetime: 1000 h } } }");

        MeasuredFootprint measured = Lab.Run(_lab.Request(experiment) with { Meter = new FakeMeter() }).Arms[0].Footprint!.Measured!;

        // 2 rounds of 4 J, times 2 for the facility: 16 J, which at 360 g/kWh are 1.6 mg, and at 0.36 $/kWh 1.6 millionths of a dollar. 4 s of 3.6 million are 111 mg of 100 kg.
        measured.CarbonKg!.Value.ShouldBe(1.6e-6, 1e-15);
        measured.CostUsd!.Value.ShouldBe(1.6e-6, 1e-15);
        measured.EmbodiedKg!.Value.ShouldBe(100 * 4 / 3.6e6, 1e-12);
        measured.Provenance.Select(source => source.Path).ShouldBe(
            ["sites.this-machine.hardware.embodied", "sites.this-machine.hardware.lifetime", "sites.this-machine.grid.intensity", "sites.this-machine.pue", "sites.this-machine.tariff"], ignoreOrder: true);
    }

    [Fact]
    public void A_site_that_the_data_has_not_is_refused_before_anything_is_written()
    {
        string folder = _lab.NewFolder();

        Should.Throw<InvalidOperationException>(() => _lab.Run(_lab.ThreeClasses(Arms, "sites: { atlantis: { hardware: laptop } }"), folder)).Message.ShouldContain("sites.atlantis must be a site of the data");
        Directory.Exists(folder).ShouldBeFalse();
    }

    private static ModelledFootprint Ragged(RunResult result) => result.Arms.Single(arm => arm.Name == "ragged").Footprint!.Modelled!;
}
