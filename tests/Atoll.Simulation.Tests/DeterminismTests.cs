using Atoll.Client;
using Atoll.Coordinator;
using Atoll.Coordinator.Models;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Randomness;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests;

/// <summary>Same seed, same data: the same bytes, whatever the machine was doing.</summary>
public sealed class DeterminismTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void The_number_of_threads_changes_no_byte_of_any_model_and_no_figure()
    {
        Experiment experiment = _lab.ThreeClasses();
        string[] folders = [.. new[] { 1, 2, 3, 1 }.Select(threads =>
        {
            string folder = _lab.NewFolder();
            _lab.Run(experiment, folder, threads);
            return folder;
        })];

        Dictionary<string, string> models = Lab.Models(folders[0]);
        models.Keys.ShouldBe(experiment.Arms.Keys, ignoreOrder: true);
        models.Values.Distinct().Count().ShouldBe(models.Count); // no two algorithms are the same by mistake
        foreach (string folder in folders[1..])
        {
            Lab.Models(folder).ShouldBe(models);
            Lab.ResultText(folder, withThreads: false).ShouldBe(Lab.ResultText(folders[0], withThreads: false));
        }
        Lab.ResultText(folders[3]).ShouldBe(Lab.ResultText(folders[0])); // a second run with everything the same
    }

    [Theory]
    [InlineData("fedavg")]
    [InlineData("scaffold")]
    [InlineData("feddyn")]
    [InlineData("fednova")]
    [InlineData("fedadam")]
    public void Sites_may_answer_in_any_order_and_be_grouped_in_any_way(string name)
    {
        Experiment experiment = _lab.ThreeClasses();
        string folder = _lab.NewFolder();
        _lab.Run(experiment, folder);
        (SitedDataset data, Network network) = Lab.Prepared(experiment, name);
        float[] expected = Lab.Weights(folder, name, network);

        for (ulong shuffle = 0; shuffle < 3; shuffle++)
        {
            Drive((FederatedArm)experiment.Arms[name], data, network, experiment.Seed, new Philox(shuffle, Purpose.Shuffle)).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData(2, null, null)]
    [InlineData(1, "AVX512", "avx2")]
    [InlineData(2, "AVX2", "vector128")]
    [InlineData(1, "HWIntrinsic", "none")]
    public void A_convolutional_network_comes_out_the_same_on_lesser_processors(int threads, string? without, string? vectors)
    {
        string file = _lab.Write("experiment.yaml", """
            name: images
            seed: 5
            data: { catalog: digits, test-fraction: 0.95 }
            partition: { kind: dirichlet, sites: 3, alpha: 1, minimum-rows: 10 }
            model: { kind: cnn, convolutions: [{ channels: 4, kernel: 3, padding: 1 }, { channels: 5, kernel: 3 }], hidden: [9] }
            training: { optimizer: { kind: sgd, learning-rate: 0.1, momentum: 0.5 }, batch-size: 7 }
            arms:
              centralized: { kind: centralized, epochs: 1 }
              local: { kind: local, epochs: 1, training: { optimizer: { kind: adam, learning-rate: 0.01 } } }
              scaffold: { kind: federated, rounds: 2, local-objective: { kind: scaffold }, server-optimizer: { kind: fed-yogi, learning-rate: 0.01 } }
              fednova: { kind: federated, rounds: 2, aggregation: { kind: fed-nova }, local-objective: { kind: fed-prox, mu: 0.1 } }
            """);
        string here = _lab.NewFolder(), there = _lab.NewFolder();
        _lab.Run(ExperimentFile.Read(file), here, threads: 1);

        string used = ChildProcess.Run(file, there, threads, without);

        if (vectors is not null && System.Runtime.Intrinsics.X86.Avx2.IsSupported)
        {
            used.ShouldBe(vectors); // else the switch did nothing, and the comparison is none
        }
        Lab.Models(there).ShouldBe(Lab.Models(here));
    }

    /// <summary>The rounds of a federated arm as another transport might run them: one client, sites in random order, three relays.</summary>
    private static float[] Drive(FederatedArm arm, SitedDataset data, Network network, ulong seed, Philox random)
    {
        GlobalModel model = new(network.Initialize(seed), arm.LocalObjective, arm.Aggregation, arm.ServerOptimizer);
        int[] rows = [.. data.Sites.Select(site => site.Train.Length)];
        FederatedTraining coordinator = new(new RoundRules { Selection = arm.Selection, Aggregation = arm.Aggregation }, model, rows, TimeProvider.System);
        SiteTraining client = new(network, arm.Training, arm.LocalObjective, data.Data);
        PartialAggregate[] relays = [model.NewPartial(), model.NewPartial(), model.NewPartial()];
        float[][] states = [.. data.Sites.Select(_ => arm.LocalObjective.KeepsSiteState ? new float[network.ParameterCount] : [])];
        for (int round = 1; round <= arm.Rounds; round++)
        {
            int[] sites = [.. coordinator.Open(new Philox(seed, Purpose.Selection, round: round))];
            random.Permute(sites.AsSpan());
            foreach (int site in sites)
            {
                EpochRange epochs = arm.Training.LocalEpochs ?? new EpochRange { Min = 1, Max = 1 };
                int passes = new Philox(seed, Purpose.LocalEpochs, site, round).Next(epochs.Min, epochs.Max + 1);
                double factor = arm.Training.Optimizer.Schedule.Factor(round - 1, arm.Rounds);
                RoundTask task = coordinator.NewTask(passes, null, (float)factor);
                SiteUpdate update = client.Train(task, site, data.Sites[site].Train, states[site], seed, CancellationToken.None);
                coordinator.Offer(update, relays[random.Next(relays.Length)]).Accepted.ShouldBeTrue();
            }
            coordinator.Close(relays).ShouldBeNull();
        }
        return model.Weights;
    }
}
