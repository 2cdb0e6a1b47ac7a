using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Planning.Workloads;
using Atoll.Simulation.Arms;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests;

public sealed class BufferedRunTests : IDisposable
{
    private const string EqualWork = "training: { optimizer: { kind: sgd, learning-rate: 0.1 }, local-steps: 3 }, aggregation: { kind: fed-avg, weights: uniform }";

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void With_all_sites_in_the_buffer_and_equal_pace_it_is_federated_averaging_to_the_bit()
    {
        Experiment experiment = Equal($$"""
            rounds: { kind: federated, rounds: 6, {{EqualWork}}, pace: { } }
              buffered: { kind: federated, rounds: 6, {{EqualWork}}, buffered: { size: 4, concurrency: 4 } }
              adaptive-rounds: { kind: federated, rounds: 6, {{EqualWork}}, server-optimizer: { kind: fed-adam, learning-rate: 0.05 } }
              adaptive: { kind: federated, rounds: 6, {{EqualWork}}, server-optimizer: { kind: fed-adam, learning-rate: 0.05 }, buffered: { size: 4, concurrency: 4 } }
            """);
        string folder = _lab.NewFolder();
        RunResult result = _lab.Run(experiment, folder);

        Weights("buffered").ShouldBe(Weights("rounds"));
        Weights("adaptive").ShouldBe(Weights("adaptive-rounds"));
        Weights("adaptive").ShouldNotBe(Weights("rounds"));
        Virtual(result, "buffered").ShouldBe(Virtual(result, "rounds"));
        Virtual(result, "buffered").ShouldBe([.. Enumerable.Range(1, 6).Select(round => (double?)(round * 12 / 1000.0))]); // 3 steps of 4 rows, a thousand a second
        result.Arms.Single(arm => arm.Name == "adaptive-rounds").Rounds.ShouldAllBe(round => round.VirtualSeconds == null);

        uint[] Weights(string arm) => [.. Lab.Weights(folder, arm, Lab.Prepared(experiment, arm).Network).Select(BitConverter.SingleToUInt32Bits)];
    }

    [Fact]
    public void An_exponent_of_0_is_the_plain_mean_and_another_is_not()
    {
        const string Uneven = "kind: federated, rounds: 8, pace: { spread: 1 }, buffered: { size: 2, concurrency: 3, staleness:";
        Experiment experiment = Equal($$"""
            constant: { {{Uneven}} { kind: constant } } }
              zero: { {{Uneven}} { kind: polynomial, exponent: 0 } } }
              half: { {{Uneven}} { kind: polynomial, exponent: 0.5 } } }
            """);
        string folder = _lab.NewFolder();
        _lab.Run(experiment, folder);

        float[][] weights = [.. new[] { "constant", "zero", "half" }.Select(arm => Lab.Weights(folder, arm, Lab.Prepared(experiment, arm).Network))];
        weights[1].ShouldBe(weights[0]);
        weights[2].ShouldNotBe(weights[0]);
    }

    [Fact]
    public void What_is_foreseen_is_what_is_done()
    {
        Experiment experiment = _lab.ThreeClasses("""
            plenty: { kind: federated, rounds: 9, buffered: { size: 3, concurrency: 4 }, pace: { spread: 1.5, per: task }, training: { local-epochs: { min: 1, max: 4 } } }
              strict: { kind: federated, rounds: 9, buffered: { size: 2, concurrency: 4, maximum-staleness: 0 }, pace: { spread: 1.5 } }
              steps: { kind: federated, rounds: 9, buffered: { size: 7, concurrency: 1 }, training: { local-steps: 5 } }
            """);
        LoadedExperiment loaded = LoadedExperiment.Load(experiment, experiment.Seed);
        RunResult result = _lab.Run(experiment);

        foreach (string name in (string[])["plenty", "strict", "steps"])
        {
            ArmResult arm = result.Arms.Single(a => a.Name == name);
            ArmWork work = ArmWork.Of(loaded.Arms[name], experiment.Seed);
            (arm.Flops, arm.BytesUp, arm.BytesDown).ShouldBe((work.Flops, work.BytesUp, work.BytesDown), name);
            Virtual(result, name).ShouldBe([.. RoundWork.Of(loaded.Arms[name], experiment.Seed).Select(round => round.Clock?.TotalSeconds)]);
        }
        ArmWork refusing = ArmWork.Of(loaded.Arms["strict"], experiment.Seed);
        refusing.Sites.Sum(site => site.Rounds).ShouldBeGreaterThan(9 * 2); // updates that came too stale were trained and sent for nothing
    }

    [Fact]
    public void Declared_hardware_sets_the_pace()
    {
        const string Arms = "buffered: { kind: federated, rounds: 2, buffered: { size: 4, concurrency: 4 }, training: { local-steps: 3 } }";
        Experiment slow = Equal(Arms, "sites: { default: { hardware: { achieved: 0.001 MFLOP/s, power: 1 W, embodied: 0 kg, lifetime: 1 y, price: 0 $/h }, count: 1, pue: 1, wue: 0 L/kWh, grid: { intensity: 1 g/kWh }, link: { bandwidth: 1 Gbit/s, energy: 0 kWh/GB } } }");
        RunResult result = _lab.Run(slow);
        long flops = Lab.Prepared(slow, "buffered").Network.TrainingFlops;

        double[] expected = [12 * flops / 1e3, 24 * flops / 1e3];
        Virtual(result, "buffered").Select((seconds, i) => Math.Abs(seconds!.Value - expected[i])).ShouldAllBe(off => off < 1e-6);
    }

    [Fact]
    public void More_sites_at_a_time_than_there_are_is_refused_before_anything_runs() =>
        Should.Throw<InvalidOperationException>(() => _lab.Run(_lab.ThreeClasses("a: { kind: federated, buffered: { concurrency: 5 } }"))).Message
            .ShouldBe("Arm a: Buffered updates with a concurrency of 5 need at least as many sites, but there are 4.");

    [Fact]
    public void A_site_that_diverges_stops_the_arm_by_name()
    {
        RunResult result = _lab.Run(_lab.ThreeClasses("a: { kind: federated, rounds: 30, buffered: { size: 2, concurrency: 4 }, training: { optimizer: { kind: sgd, learning-rate: 1e30 } } }"));

        result.Arms.Single(arm => arm.Name == "a").Stopped.ShouldNotBeNull().ShouldStartWith("Training diverged in round 1 at site s");
    }

    [Fact]
    public void Models_that_tasks_under_way_began_from_are_all_that_is_kept()
    {
        Experiment experiment = _lab.ThreeClasses("a: { kind: federated, rounds: 40, buffered: { size: 1, concurrency: 4 }, pace: { spread: 2 } }");
        (var data, var network) = Lab.Prepared(experiment, "a");
        ArmRun run = ArmRun.Create(experiment.Arms["a"], network, data, experiment.Seed, threads: 2);
        for (int round = 1; round <= 40; round++)
        {
            run.Step(CancellationToken.None).ShouldBeNull();
            run.Save().Count(v => v.Name.StartsWith("base.", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(3); // one has just come back, three are under way
        }
    }

    /// <summary>What the algorithm is for: on sites of different speed, virtual time to an accuracy is less than with rounds that wait for the slowest.</summary>
    [Fact]
    public void With_stragglers_an_accuracy_is_reached_sooner_than_in_rounds()
    {
        Experiment experiment = ExperimentFile.Read(Path.Combine(Repository.Example("digits-async"), "experiment.yaml"));
        RunResult result = _lab.Run(experiment.WithEveryArm(arm => arm switch
        {
            CentralizedArm centralized => centralized with { Epochs = 1 },
            FederatedArm federated => federated with { Rounds = federated.Buffered is null ? 20 : 60 },
            _ => arm,
        }));

        double rounds = TimeTo(result, "rounds", 0.9), buffered = TimeTo(result, "buffered", 0.9);
        rounds.ShouldBe(14.3, 0.05); // as the example's page says
        buffered.ShouldBe(2.3, 0.05);
    }

    private static double TimeTo(RunResult result, string arm, double accuracy) =>
        result.Arms.Single(a => a.Name == arm).Rounds.First(round => round.Metrics.GetValueOrDefault("accuracy") >= accuracy).VirtualSeconds!.Value;

    private static double?[] Virtual(RunResult result, string arm) => [.. result.Arms.Single(a => a.Name == arm).Rounds.Select(round => round.VirtualSeconds)];

    /// <summary>Four sites with as many rows each.</summary>
    private Experiment Equal(string arms, string top = "")
    {
        _lab.Write("rows.csv", Rows.ThreeClasses());
        return _lab.Parse($$"""
            name: equal
            seed: 3
            data: { csv: [rows.csv], label: y, ignore: [site], test-fraction: 0.25 }
            partition: { kind: iid, sites: 4 }
            model: { kind: mlp, hidden: [5] }
            training: { optimizer: { kind: sgd, learning-rate: 0.1 }, batch-size: 4 }
            {{top}}
            arms:
              {{arms}}
            """);
    }
}
