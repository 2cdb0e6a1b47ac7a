using Atoll.Experiments;
using Atoll.Federation.LocalObjectives;
using Atoll.Learning;
using Atoll.Learning.Models;
using Atoll.Learning.Optimizers;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests;

/// <summary>An arm whose sites keep more than the machine has is refused before it trains. Figures by hand.</summary>
public sealed class MemoryNeedTests : IDisposable
{
    private readonly Lab _lab = new();

    /// <summary>3·5 + 5 + 5·3 + 3 = 38 parameters.</summary>
    private readonly Network _network = new Mlp { Hidden = [5] }.Build(new Shape(3), 3);

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData(0f, 1)]
    [InlineData(0.9f, 2)]
    public void Alone_a_site_keeps_its_weights_and_what_sgd_remembers(float momentum, int vectors) =>
        MemoryNeed.Of(Local(new Sgd { LearningRate = 0.1f, Momentum = momentum }), _network, sites: 500, perRound: 500).Bytes.ShouldBe(500 * vectors * 38 * 4);

    [Fact]
    public void Alone_a_site_keeps_its_weights_and_adams_two_moments() =>
        MemoryNeed.Of(Local(new Adam { LearningRate = 0.1f }), _network, sites: 500, perRound: 500).Bytes.ShouldBe(500 * 3 * 38 * 4);

    [Theory]
    [InlineData(100, 20, 20)]
    [InlineData(5, 20, 5)] // no more models than rounds
    public void Buffered_an_arm_keeps_the_models_that_tasks_under_way_began_from(int rounds, int concurrency, int vectors) =>
        MemoryNeed.Of(Federated(new Plain(), rounds) with { Buffered = new() { Concurrency = concurrency } }, _network, sites: 500, perRound: concurrency).Bytes.ShouldBe(vectors * 38 * 4);

    [Theory]
    [InlineData(3, 500, 10, 30 + 10)] // 3 rounds of 10 reach 30 sites at most
    [InlineData(100, 500, 10, 500 + 10)]
    [InlineData(100, 4, 4, 4 + 4)]
    public void Scaffold_and_fed_dyn_keep_a_vector_at_each_site_that_takes_part_and_one_more_in_a_round(int rounds, int sites, int perRound, int vectors)
    {
        foreach (ILocalObjective objective in new ILocalObjective[] { new Scaffold(), new FedDyn() })
        {
            MemoryNeed.Of(Federated(objective, rounds), _network, sites, perRound).Bytes.ShouldBe(vectors * 38 * 4);
        }
    }

    [Fact]
    public void Other_arms_keep_nothing_at_their_sites()
    {
        MemoryNeed.Of(Federated(new FedProx { Mu = 1 }, rounds: 9), _network, sites: 500, perRound: 500).Bytes.ShouldBe(0);
        MemoryNeed.Of(Federated(new Plain(), rounds: 9), _network, sites: 500, perRound: 500).Bytes.ShouldBe(0);
    }

    [Fact]
    public void More_than_there_is_is_refused_with_both_figures_and_what_to_change()
    {
        MemoryNeed need = new(Vectors: 1500, Parameters: 1_000_000, "3 of them at each of 500 sites", ", a smaller model, or plain sgd, which keeps 1");

        need.RequireFits("local", 6_000_000_000);
        Should.Throw<RunException>(() => need.RequireFits("local", 5_999_999_999)).Message.ShouldBe(
            "Arm local must fit into memory, of which 6.0 GB may be used here, but it keeps 6.0 GB: vectors of 1000000 numbers, 3 of them at each of 500 sites. Use fewer sites, a smaller model, or plain sgd, which keeps 1.");
    }

    [SkippableFact]
    public void An_arm_that_no_usual_machine_can_hold_is_refused_before_anything_is_written()
    {
        const double gigabytes = 40 * 3 * 4 * (3d * 45_000 + 45_000 + 45_000d * 45_000 + 45_000 + 45_000d * 3 + 3) / 1e9;
        Skip.If(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > gigabytes * 1e9, "a machine with less memory is missing");
        _lab.Write("rows.csv", Rows.ThreeClasses());
        string folder = _lab.NewFolder();
        Experiment experiment = _lab.Parse("""
            name: huge
            data: { csv: [rows.csv], label: y, ignore: [site], test-fraction: 0.34 }
            partition: { kind: iid, sites: 40 }
            model: { kind: mlp, hidden: [45000, 45000] }
            training: { optimizer: { kind: adam, learning-rate: 0.01 } }
            arms: { centralized: { kind: centralized }, alone: { kind: local } }
            """);

        Should.Throw<RunException>(() => ExperimentRun.Prepare(_lab.Request(experiment, folder))).Message.ShouldContain("but it keeps 972.2 GB: vectors of 2025360003 numbers, 3 of them at each of 40 sites.");

        Directory.Exists(folder).ShouldBeFalse();
    }

    private static LocalArm Local(IOptimizer optimizer) => new() { Data = new(), Model = new Mlp { Hidden = [5] }, Training = new() { Optimizer = optimizer } };

    private static FederatedArm Federated(ILocalObjective objective, int rounds) =>
        new() { Data = new(), Model = new Mlp { Hidden = [5] }, Training = new() { Optimizer = new Sgd { LearningRate = 0.1f } }, LocalObjective = objective, Rounds = rounds };
}
