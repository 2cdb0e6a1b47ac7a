using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests;

/// <summary>Energy of each arm's training, by a meter whose every stretch is known beforehand.</summary>
public sealed class MeteringTests : IDisposable
{
    private const double JoulesPerKilowattHour = 3.6e6;

    private const string TwoArms = """
        centralized: { kind: centralized, epochs: 3 }
          fedavg: { kind: federated, rounds: 5 }
        """;

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Each_arm_has_the_energy_of_its_own_rounds_and_no_other()
    {
        FakeMeter meter = new();
        RunResult result = Run(_lab.ThreeClasses(TwoArms), meter);

        meter.Ended.ShouldBe(8);
        Measured(result, "centralized").ShouldSatisfy(rounds: 3);
        Measured(result, "fedavg").ShouldSatisfy(rounds: 5);
    }

    [Fact]
    public void No_stretch_is_open_while_a_round_is_evaluated_or_told_of()
    {
        FakeMeter meter = new();
        WhileToldOf observer = new(() => meter.IsOpen.ShouldBeFalse());

        Lab.Run(_lab.Request(_lab.ThreeClasses(TwoArms)) with { Meter = meter }, observer);

        observer.Times.ShouldBe(8);
    }

    [Fact]
    public void A_meter_that_fails_on_the_way_leaves_what_was_measured_apart_from_what_was_modelled()
    {
        RunResult result = Run(_lab.ThreeClasses(TwoArms), new FakeMeter(failsAfter: 5));

        Measured(result, "centralized").Notes.ShouldBeEmpty();
        MeasuredFootprint fedavg = Measured(result, "fedavg");
        fedavg.Notes.ShouldBe([FakeMeter.Failure]);
        fedavg.Energy.Select(part => (part.Component, part.Basis, Math.Round(part.EnergyKWh * JoulesPerKilowattHour, 9))).ShouldBe(
            [("processor", "measured", 2 * FakeMeter.Processor), ("memory", "modelled", 5 * FakeMeter.Memory), ("processor", "modelled", 3 * FakeMeter.Modelled)]);
        fedavg.EnergyKWh.ShouldBe(fedavg.Energy.Sum(part => part.EnergyKWh), 1e-18);
    }

    [Fact]
    public void Energy_from_before_an_interruption_is_kept()
    {
        Experiment experiment = _lab.ThreeClasses();
        foreach (string arm in experiment.Arms.Keys)
        {
            string folder = _lab.NewFolder();
            using CancellationTokenSource source = new();
            Should.Throw<OperationCanceledException>(() =>
                Lab.Run(_lab.Request(experiment, folder) with { Meter = new FakeMeter() }, new Watcher(arm, 0, 2, source.Cancel), source.Token), arm);

            RunResult result = Lab.Run(_lab.Request(experiment, folder) with { Meter = new FakeMeter(), Resume = true });

            foreach (ArmResult each in result.Arms)
            {
                each.Footprint!.Measured!.ShouldSatisfy(rounds: 4, each.Name);
            }
        }
    }

    [Fact]
    public void Several_seeds_give_their_mean()
    {
        RunResult result = Lab.Run(_lab.Request(_lab.ThreeClasses(TwoArms)) with { Meter = new FakeMeter(failsAfter: 8), Repeat = 2 });

        // The first seed's 5 rounds took 20 J, the second's 30 J.
        MeasuredFootprint fedavg = Measured(result, "fedavg");
        (fedavg.EnergyKWh * JoulesPerKilowattHour).ShouldBe(25, 1e-9);
        fedavg.Seconds.ShouldBe(10);
    }

    [Fact]
    public void A_round_that_diverges_is_counted_no_more_than_its_operations_are()
    {
        FakeMeter meter = new();
        RunResult result = Run(_lab.ThreeClasses("""
            centralized: { kind: centralized, epochs: 1 }
              hot: { kind: federated, rounds: 5, model: { kind: mlp, hidden: [5], activation: relu }, training: { optimizer: { kind: sgd, learning-rate: 1e30 } } }
            """), meter);

        ArmResult hot = result.Arms.Single(arm => arm.Name == "hot");
        hot.Stopped.ShouldNotBeNull();
        hot.Rounds.Count.ShouldBeLessThan(5);
        meter.IsOpen.ShouldBeFalse();
        (hot.Footprint?.Measured?.Seconds ?? 0).ShouldBe(hot.Rounds.Count * FakeMeter.Seconds);
    }

    [Fact]
    public void Metered_or_not_the_models_are_the_same_bytes()
    {
        Experiment experiment = _lab.ThreeClasses();
        string plain = _lab.NewFolder(), metered = _lab.NewFolder();

        _lab.Run(experiment, plain).Arms.ShouldAllBe(arm => arm.Footprint == null);
        Lab.Run(_lab.Request(experiment, metered) with { Meter = new FakeMeter() });

        Lab.Models(metered).ShouldBe(Lab.Models(plain));
        Lab.ResultText(metered).ShouldBe(Lab.ResultText(plain));
    }

    private RunResult Run(Experiment experiment, FakeMeter meter) => Lab.Run(_lab.Request(experiment) with { Meter = meter });

    private static MeasuredFootprint Measured(RunResult result, string arm) => result.Arms.Single(a => a.Name == arm).Footprint!.Measured!;

    private sealed class WhileToldOf(Action look) : IRunObserver
    {
        public int Times { get; private set; }

        public void ArmStarted(ArmPlan arm, int repeat, int completed) => look();

        public void RoundCompleted(ArmPlan arm, int repeat, RoundResult round)
        {
            Times++;
            look();
        }

        public void ArmCompleted(ArmPlan arm, int repeat, string? stopped) => look();
    }
}

internal static class MeasuredExpectations
{
    public static void ShouldSatisfy(this MeasuredFootprint measured, int rounds, string arm = "")
    {
        measured.Seconds.ShouldBe(rounds * FakeMeter.Seconds, arm);
        measured.Energy.Select(part => (part.Component, part.Basis, part.Source)).ShouldBe([("processor", "measured", "counter"), ("memory", "modelled", "slots")], arm);
        (measured.Energy[0].EnergyKWh * 3.6e6).ShouldBe(rounds * FakeMeter.Processor, 1e-9, arm);
        (measured.Energy[1].EnergyKWh * 3.6e6).ShouldBe(rounds * FakeMeter.Memory, 1e-9, arm);
        (measured.EnergyKWh * 3.6e6).ShouldBe(rounds * (FakeMeter.Processor + FakeMeter.Memory), 1e-9, arm);
    }
}
