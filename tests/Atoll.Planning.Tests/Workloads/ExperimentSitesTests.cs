using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Planning.File;
using Atoll.Planning.Models;
using Atoll.Planning.Workloads;

namespace Atoll.Planning.Tests.Workloads;

/// <summary>Arms of an experiment at its declared sites. Every expected figure is worked out here, step by step, from <see cref="Hand"/>'s figures.</summary>
public sealed class ExperimentSitesTests : IDisposable
{
    private const double JoulesPerKilowattHour = 3.6e6, Lifetime = 1000 * 3600;

    private readonly Hand _hand = new();

    public void Dispose() => _hand.Dispose();

    [Fact]
    public void A_federated_arm_waits_for_the_slowest_site_and_pays_for_those_who_wait()
    {
        ModelledFootprint fedavg = Modelled("fedavg");

        // Each round: north trains on 12 samples for 12 s and exchanges for (672/2000 + 0.5) + (672/1000 + 0.5) s; south is done long before.
        const double round = 12 + 0.336 + 0.5 + 0.672 + 0.5, wall = 3 * round;
        Close(fedavg.WallClockHours * 3600, wall);
        Close(fedavg.ComputeHours * 3600, 36);
        fedavg.MovementHours.ShouldBe(0);
        fedavg.BytesMoved.ShouldBe(0);

        // North computes 36 s at 100 W and waits the rest at 40 W, times 1.5; south 6 s at 50 W and the rest at 10 W; the server takes 45 W throughout, times 2.
        double north = (36 * 100 + (wall - 36) * 40) * 1.5, south = 6 * 50 + (wall - 6) * 10, server = 45 * wall * 2;
        Close(fedavg.EnergyKWh.Compute * JoulesPerKilowattHour, 3600 + 300);
        Close(fedavg.EnergyKWh.Overhead * JoulesPerKilowattHour, north + south + server - 3900);
        Close(fedavg.EffectivePue, (north + south + server) / 3900);
        // 3 rounds of 84 bytes each way over each of two links.
        const double gigabytes = 3 * 2 * 84 / 1e9;
        Close(fedavg.EnergyKWh.Network, 2 * gigabytes * 0.1);
        Close(fedavg.CarbonKg.LocationBased * 1e3, (north * 200 + south * 20 + server * 100) / JoulesPerKilowattHour);
        Close(fedavg.CarbonKg.Network * 1e3, gigabytes * 0.1 * (200 + 20));
        Close(fedavg.CarbonKg.Embodied * 1e3, 100e3 * wall / Lifetime);
        Close(fedavg.CarbonKg.Total, fedavg.CarbonKg.LocationBased + fedavg.CarbonKg.Network + fedavg.CarbonKg.Embodied);
        Close(fedavg.CostUsd.Hardware, 500 * wall / Lifetime + 3.6 * wall / 3600);
        Close(fedavg.CostUsd.Electricity, (north * 0.3 + server * 0.1) / JoulesPerKilowattHour);
        Close(fedavg.CostUsd.Network, gigabytes * 2);
        fedavg.Sites.Select(site => (site.Site, site.Flops, site.BytesUp, site.BytesDown)).ShouldBe([("north", 36 * 13L, 252L, 252L), ("south", 12 * 13L, 252L, 252L)]);
    }

    [Fact]
    public void A_centralized_arm_moves_the_training_rows_once_and_trains_at_the_coordinator()
    {
        ModelledFootprint centralized = Modelled("centralized");

        // 6 rows of 18 bytes over 1 kbit/s take longer than 2 rows over 4 kbit/s; then 80 samples at 4 a second.
        const double movement = 6 * 18 * 8 / 1000.0 + 0.5;
        centralized.BytesMoved.ShouldBe(8 * 18);
        Close(centralized.MovementHours * 3600, movement);
        Close(centralized.ComputeHours * 3600, 20);
        Close(centralized.WallClockHours * 3600, 20 + movement);
        Close(centralized.EnergyKWh.Compute * JoulesPerKilowattHour, 20 * 300);
        Close(centralized.EnergyKWh.Overhead * JoulesPerKilowattHour, 20 * 300);
        Close(centralized.EnergyKWh.Network, 8 * 18 / 1e9 * 0.1);
        Close(centralized.CarbonKg.LocationBased * 1e3, 2 * 20 * 300 / JoulesPerKilowattHour * 100);
        Close(centralized.CostUsd.Electricity, 2 * 20 * 300 / JoulesPerKilowattHour * 0.1);
        Close(centralized.CostUsd.Network, 6 * 18 / 1e9 * 2);
        centralized.Sites.ShouldBeEmpty();
    }

    [Fact]
    public void Sites_alone_take_as_long_as_the_slowest_and_send_nothing()
    {
        ModelledFootprint local = Modelled("local");

        Close(local.WallClockHours * 3600, 60);
        Close(local.EnergyKWh.Compute * JoulesPerKilowattHour, 60 * 100 + 10 * 50);
        Close(local.EnergyKWh.Overhead * JoulesPerKilowattHour, 60 * 100 * 0.5);
        local.EnergyKWh.Network.ShouldBe(0);
    }

    [Fact]
    public void An_arm_that_stopped_has_the_rounds_that_it_came_to()
    {
        Experiment experiment = _hand.Experiment();
        LoadedExperiment loaded = LoadedExperiment.Load(experiment, experiment.Seed);
        ExperimentSites sites = ExperimentSites.Of(experiment);

        Close(sites.Model(loaded.Arms["fedavg"], 1, rounds: 1)!.EnergyKWh.Compute, sites.Model(loaded.Arms["fedavg"], 1)!.EnergyKWh.Compute / 3);
    }

    [Fact]
    public void A_plan_of_the_experiment_says_the_same_beforehand()
    {
        Experiment experiment = _hand.Experiment();
        PreparedPlan plan = ExperimentPlan.Prepare(experiment, "hand.yaml");

        plan.Arms.Select(arm => (arm.Name, arm.Kind)).ShouldBe([("centralized", "centralized"), ("local", "local"), ("fedavg", "federated")]);
        foreach (PreparedArm arm in plan.Arms)
        {
            ArmOutcome outcome = arm.Model.Evaluate(plan.Inputs.Values());
            ModelledFootprint run = Modelled(arm.Name);
            Close(outcome.EnergyJoules / JoulesPerKilowattHour, run.EnergyKWh.Total);
            Close(outcome.WallClockSeconds / 3600, run.WallClockHours);
            string[] known = [.. plan.Inputs.Inputs.Select(input => input.Path)];
            arm.Model.Formulas.SelectMany(formula => formula.Inputs).ShouldAllBe(path => known.Contains(path));
        }
        plan.Workload.ShouldBe("3 parameters, 8 training rows at 2 sites");
    }

    [Fact]
    public void Every_figure_that_a_file_gives_is_said_to_be_the_experiments()
    {
        FigureSource power = Modelled("local").Provenance.Single(source => source.Path == "sites.north.hardware.power");

        (power.Value, power.Unit, power.Source).ShouldBe((100, "W", "the experiment file"));
        Modelled("local").Provenance.ShouldAllBe(source => !source.Path.StartsWith("arms.fedavg") && !source.Source.Contains("plan file"));
    }

    [Fact]
    public void This_machine_has_only_what_is_said_of_it()
    {
        MachineSite machine = ExperimentSites.Of(_hand.Experiment("sites: { this-machine: { grid: { intensity: 50 g/kWh }, hardware: { power: 60 W, embodied: 300 kg, lifetime: 3000 h } } }")).Machine.ShouldNotBeNull();

        machine.CarbonKg(2).ShouldBe(0.1);
        machine.EmbodiedKg(3600)!.Value.ShouldBe(0.1, 1e-12);
        machine.Tariff.ShouldBeNull();
        MachineSite nothing = new();
        (nothing.CarbonKg(1), nothing.EmbodiedKg(1), nothing.CostUsd(1, 1)).ShouldBe((null, null, null));
    }

    [Theory]
    [InlineData("sites: { noth: { grid: SE }, default: { hardware: laptop } }", "sites.noth must be a site of the data or one of default, coordinator, this-machine, but is neither; did you mean 'north'?")]
    [InlineData("sites: { north: { hardware: laptop } }", "sites must have an entry for site south, or a default for all that have none")]
    public void A_site_that_the_data_has_not_and_one_that_is_left_out_are_refused(string sites, string message) =>
        Should.Throw<InvalidOperationException>(() => LoadedExperiment.Load(_hand.Experiment(sites), 1)).Message.ShouldContain(message);

    [Theory]
    [InlineData("default: { hardware: { achieved: 1 FLOP/s, power: 1 W }, grid: Deutschlnd }", "sites.default.grid must be in the catalog.")]
    [InlineData("default: { hardware: lappy }", "sites.default.hardware must be in the catalog.")]
    [InlineData("default: { hardware: { achieved: 1 FLOP/s, power: 1 W }, utilization: 0.5 }", "exclude each other")]
    [InlineData("default: { hardware: { achieved: 1 FLOP/s, power: 1 W }, clients: 3, count: 3 }", "sites.default.clients must not be given in an experiment")]
    public void What_no_catalog_has_and_what_contradicts_itself_is_refused(string site, string message) =>
        Should.Throw<InvalidOperationException>(() => ExperimentSites.Of(_hand.Experiment($"sites: {{ {site} }}"))).Message.ShouldContain(message);

    [Theory]
    [InlineData("default: { grid: SE, link: { bandwidth: 1 Mbit/s } }", "sites.default.hardware must be given: arm centralized trains there.")]
    [InlineData("default: { hardware: { achieved: 1 FLOP/s, power: 1 W } }", "sites.default.link must be given, or that of the coordinator: arm centralized sends over it.")]
    public void An_arm_needs_what_it_uses(string site, string message) =>
        Should.Throw<InvalidOperationException>(() => ExperimentPlan.Prepare(_hand.Experiment($"sites: {{ {site} }}"), "hand.yaml")).Message.ShouldContain(message);

    private ModelledFootprint Modelled(string arm)
    {
        Experiment experiment = _hand.Experiment();
        return ExperimentSites.Of(experiment).Model(LoadedExperiment.Load(experiment, experiment.Seed).Arms[arm], experiment.Seed).ShouldNotBeNull();
    }

    private static void Close(double actual, double expected) => actual.ShouldBe(expected, Math.Abs(expected) * 1e-9);
}
