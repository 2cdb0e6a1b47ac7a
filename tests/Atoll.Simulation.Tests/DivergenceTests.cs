using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests;

/// <summary>Training that diverges stops its own arm, says where, and leaves the others alone.</summary>
public sealed class DivergenceTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void A_diverging_arm_says_round_and_site_whatever_the_threads_and_the_others_go_on()
    {
        Experiment experiment = Plane("""
            centralized: { kind: centralized, epochs: 3 }
              local: { kind: local, epochs: 30, training: { optimizer: { kind: sgd, learning-rate: 300 } } }
              fedavg: { kind: federated, rounds: 30, training: { optimizer: { kind: sgd, learning-rate: 300 } } }
              too-far: { kind: federated, rounds: 3, server-optimizer: { kind: sgd, learning-rate: 1e30 } }
              last-step: { kind: federated, rounds: 30, training: { optimizer: { kind: sgd, learning-rate: 1e18 }, local-steps: 1, batch-size: 100 } }
              fine: { kind: federated, rounds: 3 }
            """);
        string? expected = null;
        foreach (int threads in new[] { 1, 2, 3, 2, 3, 2, 3 })
        {
            string folder = _lab.NewFolder();
            RunResult result = _lab.Run(experiment, folder, threads);

            Dictionary<string, ArmResult> arms = result.Arms.ToDictionary(arm => arm.Name);
            foreach (string name in new[] { "local", "fedavg", "too-far", "last-step" })
            {
                ArmResult arm = arms[name];
                arm.Stopped.ShouldNotBeNull(name).ShouldMatch(@"^Training diverged (in|by) (round|epoch) \d+.*site s\d.* A smaller learning rate may help\.$", name);
                arm.Stopped.ShouldContain($"{arm.Rounds.Count + 1}"); // it stopped in the round after the last good one
                arm.Final.ShouldBeNull();
                arm.ModelSha256.ShouldBeNull();
                arm.GapToBaseline.ShouldBeNull();
                arm.Rounds.ShouldAllBe(round => double.IsFinite(round.Loss!.Value));
                (arm.BytesUp + arm.BytesDown).ShouldBe(arm.Rounds.Count == 0 ? 0 : arm.Rounds[^1].Bytes, name);
                arm.Flops.ShouldBe(arm.Rounds.Count * (arm.Kind == "federated" && name == "last-step" ? 3 * 16L : 48L) * arms["fine"].Flops / (3 * 48), name);
                arm.Seconds.ShouldBe(arm.Rounds.Sum(round => round.Seconds), 1e-9, name);
            }
            arms["fine"].Stopped.ShouldBeNull();
            arms["fine"].Final.ShouldNotBeNull();
            Lab.Models(folder).Keys.ShouldBe(["centralized", "fine"], ignoreOrder: true);

            string text = Lab.ResultText(folder, withThreads: false);
            text.ShouldBe(expected ??= text);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Of_several_sites_that_diverge_the_first_is_named_and_not_the_fastest(int threads)
    {
        // s2 has the most rows and is trained first, s0 the fewest and last.
        _lab.Write("plane.csv", "x,y,site\n" + string.Concat(Enumerable.Range(0, 90).Select(row => $"{row % 7},{row % 5}.5,s{(row < 10 ? 0 : row < 30 ? 1 : 2)}\n")));
        const string wild = "training: { optimizer: { kind: sgd, learning-rate: 3e38 }, batch-size: 1000 } }\n  ";

        RunResult result = _lab.Run(Read(
            "centralized: { kind: centralized, epochs: 2, evaluate-every: 2, " + wild + "local: { kind: local, epochs: 2, evaluate-every: 2, " + wild + "fedavg: { kind: federated, rounds: 2, " + wild
            + "huge: { kind: federated, rounds: 2, training: { optimizer: { kind: sgd, learning-rate: 1e20 }, batch-size: 1000 } }"), threads: threads);

        // One step, from a loss that is finite.
        result.Arms[0].Stopped.ShouldBe("Training diverged in epoch 1: its weights are no longer finite. A smaller learning rate may help.");
        result.Arms[1].Stopped.ShouldBe("Training diverged in epoch 1 at site s0: its weights are no longer finite. A smaller learning rate may help.");
        result.Arms[2].Stopped.ShouldBe("Training diverged in round 1 at site s0: its weights are no longer finite. A smaller learning rate may help.");
        result.Arms[3].Stopped.ShouldNotBeNull().ShouldStartWith("Training diverged in round 1 at site s0: "); // finite, but more than can be averaged
    }

    [Fact]
    public void Where_the_baseline_diverges_the_others_have_no_distance_to_it()
    {
        RunResult result = _lab.Run(Plane("""
            centralized: { kind: centralized, epochs: 30, training: { optimizer: { kind: sgd, learning-rate: 300 } } }
              fedavg: { kind: federated, rounds: 2 }
            """));

        result.Arms[0].Stopped.ShouldNotBeNull().ShouldMatch(@"^Training diverged in epoch \d+: its loss is \S+\. A smaller learning rate may help\.$");
        result.Arms[0].Final.ShouldBeNull();
        result.Arms[1].Final.ShouldNotBeNull();
        result.Arms[1].GapToBaseline.ShouldBeNull();
    }

    [Fact]
    public void A_seed_that_diverges_is_named_and_leaves_no_mean_that_would_flatter()
    {
        RunResult result = Lab.Run(_lab.Request(Plane("""
            centralized: { kind: centralized, epochs: 2 }
              fedavg: { kind: federated, rounds: 40, training: { optimizer: { kind: sgd, learning-rate: 300 } } }
            """)) with { Repeat = 2 });

        result.Arms[1].Stopped.ShouldNotBeNull().ShouldStartWith("Seed 1 of 2: Training diverged in round ");
        result.Arms[1].Final.ShouldBeNull();
        result.Arms[0].Final!.PooledSd.ShouldNotBeNull();
    }

    [Fact]
    public void A_pull_that_overshoots_stops_the_arm_with_its_reason()
    {
        RunResult result = _lab.Run(Plane("""
            centralized: { kind: centralized, epochs: 2 }
              fedprox: { kind: federated, rounds: 3, local-objective: { kind: fed-prox, mu: 1000 } }
              fine: { kind: federated, rounds: 3 }
            """));

        // Two steps with ημ = 10: b₁ = 1, s₁ = 1; b₂ = 1 − 10, s₂ = −8 (16 training rows a site, 8 a batch).
        result.Arms[1].Stopped.ShouldBe("Training diverged in round 1 at site s0: 2 steps must lead away from the global weights, but with learning rate 0.01 "
            + "the local objective's pull of 1000 overshoots (they are worth -8). Choose the product of the two well below 2. A smaller learning rate may help.");
        result.Arms[2].Final.ShouldNotBeNull();
    }

    [Fact]
    public void A_stopped_arm_stays_stopped_when_the_run_is_resumed()
    {
        Experiment experiment = Plane("""
            centralized: { kind: centralized, epochs: 2 }
              wild: { kind: federated, rounds: 40, training: { optimizer: { kind: sgd, learning-rate: 300 } } }
              fine: { kind: federated, rounds: 3 }
            """);
        string whole = _lab.NewFolder(), folder = _lab.NewFolder();
        _lab.Run(experiment, whole);
        using CancellationTokenSource source = new();
        Should.Throw<OperationCanceledException>(() => _lab.Run(experiment, folder, observer: new Watcher("fine", 0, 1, source.Cancel), cancellation: source.Token));

        Watcher resumed = new();
        _lab.Resume(experiment, folder, observer: resumed);

        resumed.Seen.ShouldBe(["fine/0 from 1", "fine/0:2", "fine/0:3", "fine/0 done"]);
        Lab.ResultText(folder).ShouldBe(Lab.ResultText(whole));
    }

    private Experiment Plane(string arms)
    {
        _lab.Write("plane.csv", Rows.Plane());
        return Read(arms);
    }

    private Experiment Read(string arms) =>
        _lab.Parse($$"""
            name: plane
            data: { csv: [plane.csv], label: y, site: site }
            model: { kind: linear }
            training: { optimizer: { kind: sgd, learning-rate: 0.01 }, batch-size: 8 }
            arms:
              {{arms}}
            """);
}
