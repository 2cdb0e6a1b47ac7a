using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Experiments.Results;
using Atoll.Federation.LocalObjectives;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Randomness;
using Atoll.Simulation.Arms;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests;

/// <summary>Bytes, operations and samples are counted, not estimated.</summary>
public sealed class AccountingTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Bytes_are_those_of_the_protocol_for_every_participant_of_every_round()
    {
        RunResult result = _lab.Run(_lab.ThreeClasses());

        const int parameters = 3 * 5 + 5 + 5 * 3 + 3;
        long down = ProtocolBytes.Down(parameters, new Plain()), up = ProtocolBytes.Up(parameters, new Plain());
        long controlDown = ProtocolBytes.Down(parameters, new Scaffold()), controlUp = ProtocolBytes.Up(parameters, new Scaffold());
        down.ShouldBeGreaterThan(4 * parameters);
        controlDown.ShouldBeGreaterThan(8 * parameters);
        foreach ((string name, int participants, long perDown, long perUp) in new[]
        {
            ("centralized", 0, down, up), ("local", 0, down, up),
            ("fedavg", 4, down, up), ("fedprox", 2, down, up), ("scaffold", 2, controlDown, controlUp), ("feddyn", 3, down, up), ("fednova", 4, down, up), ("fedadam", 4, down, up),
        })
        {
            ArmResult arm = result.Arms.Single(arm => arm.Name == name);
            arm.Parameters.ShouldBe(parameters);
            arm.BytesDown.ShouldBe(4 * participants * perDown, name);
            arm.BytesUp.ShouldBe(4 * participants * perUp, name);
            arm.Rounds.Select(round => round.Bytes).ShouldBe([.. Enumerable.Range(1, 4).Select(round => round * participants * (perDown + perUp))], name);
        }
    }

    [Fact]
    public void Operations_are_the_samples_times_what_the_layers_count()
    {
        Experiment experiment = _lab.ThreeClasses("""
            centralized: { kind: centralized, epochs: 3 }
              local: { kind: local, epochs: 2 }
              epochs: { kind: federated, rounds: 3, training: { local-epochs: 2 } }
              steps: { kind: federated, rounds: 3, training: { local-steps: 7 } }
            """);
        (SitedDataset data, Network network) = Lab.Prepared(experiment, "centralized");
        int[] rows = [.. data.Sites.Select(site => site.Train.Length)];

        RunResult result = _lab.Run(experiment);

        long perSample = network.TrainingFlops;
        perSample.ShouldBeGreaterThan(2 * (15 + 15) * 2); // forward alone is 2·30 multiply-adds' worth, backward more
        result.Arms.Select(arm => arm.Flops).ShouldBe(
        [
            3L * rows.Sum() * perSample,
            2L * rows.Sum() * perSample,
            3L * 2 * rows.Sum() * perSample,
            3L * rows.Sum(n => SamplesOfSteps(n, batch: 4, steps: 7)) * perSample,
        ]);
        foreach (ArmResult arm in result.Arms)
        {
            arm.SamplesPerSecond.ShouldBe(arm.Flops / perSample / arm.Seconds, 1e-6 * arm.SamplesPerSecond);
        }
    }

    [Fact]
    public void Stragglers_do_different_work_from_site_to_site_and_round_to_round_and_the_same_again()
    {
        Experiment experiment = _lab.ThreeClasses("""
            centralized: { kind: centralized, epochs: 1 }
              ragged: { kind: federated, rounds: 6, training: { local-epochs: { min: 1, max: 5 } } }
            """);
        (SitedDataset data, Network network) = Lab.Prepared(experiment, "ragged");
        int[][] epochs = [.. Enumerable.Range(1, 6).Select(round => data.Sites.Select((_, site) => new Philox(experiment.Seed, Purpose.LocalEpochs, site, round).Next(1, 6)).ToArray())];
        epochs.ShouldAllBe(round => round.All(e => e >= 1 && e <= 5));
        epochs.ShouldContain(round => round.Distinct().Count() > 2);
        epochs.SelectMany(round => round).Distinct().Order().ShouldBe([1, 2, 3, 4, 5]);

        ArmRun run = ArmRun.Create(experiment.Arms["ragged"], network, data, experiment.Seed, threads: 2);
        long before = 0;
        foreach (int[] round in epochs)
        {
            run.Step(CancellationToken.None).ShouldBeNull();
            (run.Samples - before).ShouldBe(round.Select((e, site) => (long)e * data.Sites[site].Train.Length).Sum());
            before = run.Samples;
        }
    }

    [Theory]
    [InlineData("centralized")]
    [InlineData("local")]
    [InlineData("federated")]
    public void The_schedule_sets_each_rounds_learning_rate(string kind)
    {
        // 0.3 · 0.1 after two rounds: the third round moves the weights as one of an arm with a tenth of the rate does.
        Experiment experiment = _lab.ThreeClasses($$"""
            centralized: { kind: centralized, epochs: 1 }
              constant: { kind: {{kind}}, {{(kind == "federated" ? "rounds" : "epochs")}}: 3 }
              stepped: { kind: {{kind}}, {{(kind == "federated" ? "rounds" : "epochs")}}: 3, training: { optimizer: { kind: sgd, learning-rate: 0.1, schedule: { kind: step, every: 2, gamma: 0.5 } } } }
              slow: { kind: {{kind}}, {{(kind == "federated" ? "rounds" : "epochs")}}: 3, training: { optimizer: { kind: sgd, learning-rate: 0.05 } } }
            """);
        (SitedDataset data, Network network) = Lab.Prepared(experiment, "constant");
        ArmRun[] runs = [.. new[] { "constant", "stepped", "slow" }.Select(name => ArmRun.Create(experiment.Arms[name], network, data, experiment.Seed, 1))];
        for (int round = 0; round < 2; round++)
        {
            runs[0].Step(CancellationToken.None);
            runs[1].Step(CancellationToken.None);
        }
        runs[1].WeightsOf(0).ShouldBe(runs[0].WeightsOf(0));
        runs[2].RestoreCounts(2, 0, 0, 0);
        runs[2].Restore(runs[1].Save().ToDictionary(v => v.Name, v => (float[])[.. v.Vector]));

        foreach (ArmRun run in runs)
        {
            run.Step(CancellationToken.None).ShouldBeNull();
        }

        runs[1].WeightsOf(0).ShouldBe(runs[2].WeightsOf(0));
        runs[1].WeightsOf(0).ShouldNotBe(runs[0].WeightsOf(0));
    }

    [Fact]
    public void The_plan_says_how_many_sites_take_part_in_a_round()
    {
        RunPlan plan = ExperimentRun.Prepare(_lab.Request(_lab.ThreeClasses())).Plan;

        plan.Arms.ToDictionary(arm => arm.Name, arm => arm.SitesPerRound).ShouldBe(new Dictionary<string, int>
        {
            ["centralized"] = 4, ["central-momentum"] = 4, ["local"] = 4, ["fedavg"] = 4, ["fedprox"] = 2, ["scaffold"] = 2,
            ["feddyn"] = 3, ["fednova"] = 4, ["fedbuff"] = 3, ["fedavgm"] = 4, ["fedadagrad"] = 4, ["fedadam"] = 4, ["fedyogi"] = 4,
        }, ignoreOrder: true);
    }

    /// <summary>Batches of reshuffled passes; the last batch of a pass may be smaller.</summary>
    private static long SamplesOfSteps(int rows, int batch, int steps)
    {
        long samples = 0;
        for (int step = 0, left = rows; step < steps; step++)
        {
            int taken = Math.Min(batch, left);
            samples += taken;
            left = left == taken ? rows : left - taken;
        }
        return samples;
    }
}
