using Atoll.Experiments;
using Atoll.Federation.Selection;
using Atoll.Learning;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Optimizers;
using Atoll.Simulation.Arms;

namespace Atoll.Simulation.Tests;

/// <summary>Virtual sites cost their row numbers, not a model each.</summary>
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    private const int Sites = 10_000, Features = 100, Threads = 2;

    [Fact]
    public void Ten_thousand_sites_take_the_memory_of_a_few_models_a_thread()
    {
        Dataset rows = new(new Shape(Features), new float[2 * Sites * Features], [.. Enumerable.Range(0, 2 * Sites).Select(row => (float)(row % 2))], ["a", "b"]);
        SitedDataset data = new(rows, [.. Enumerable.Range(0, Sites).Select(site => new SiteRows($"s{site}", [2 * site, 2 * site + 1], []))]);
        Network network = new Mlp { Hidden = [200, 200] }.Build(rows.Sample, 2);
        FederatedArm arm = new()
        {
            Data = new(),
            Model = new Mlp { Hidden = [200, 200] },
            Training = new() { Optimizer = new Sgd { LearningRate = 0.1f }, BatchSize = 2 },
            Selection = new UniformSelection { Count = 100 },
            Rounds = 100,
        };
        long model = 4L * network.ParameterCount, before = GC.GetTotalMemory(forceFullCollection: true);

        ArmRun run = ArmRun.Create(arm, network, data, seed: 1, Threads);
        run.Step(CancellationToken.None).ShouldBeNull();
        long held = GC.GetTotalMemory(forceFullCollection: true) - before, allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (int round = 0; round < 5; round++)
        {
            run.Step(CancellationToken.None).ShouldBeNull();
        }
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;

        // A thread: weights, gradient and layers' numbers, and a sum of 64-bit integers. Once: weights, update, sum. 500 sites trained, 50 models each would hold 12 MB.
        held.ShouldBeLessThan(model * (6 + 8 * Threads));
        (allocated / 5).ShouldBeLessThan(model * 4); // a round: standings of 100 sites, no model
        GC.KeepAlive(run);
    }

    [Fact]
    public void A_site_that_learns_alone_keeps_its_model_and_its_optimizers_memory_once()
    {
        const int sites = 100;
        Dataset rows = new(new Shape(Features), new float[2 * sites * Features], [.. Enumerable.Range(0, 2 * sites).Select(row => (float)(row % 2))], ["a", "b"]);
        SitedDataset data = new(rows, [.. Enumerable.Range(0, sites).Select(site => new SiteRows($"s{site}", [2 * site, 2 * site + 1], []))]);
        LocalArm arm = new() { Data = new(), Model = new Mlp { Hidden = [200, 200] }, Training = new() { Optimizer = new Adam { LearningRate = 0.01f }, BatchSize = 2 }, Epochs = 3 };
        Network network = arm.Model.Build(rows.Sample, 2);
        long need = (long)MemoryNeed.Of(arm, network, sites, sites).Bytes, before = GC.GetTotalMemory(forceFullCollection: true);

        ArmRun run = ArmRun.Create(arm, network, data, seed: 1, Threads);
        run.Step(CancellationToken.None).ShouldBeNull();
        run.Step(CancellationToken.None).ShouldBeNull();
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;

        need.ShouldBe(3L * sites * 4 * ((100 * 200 + 200) + (200 * 200 + 200) + (200 + 1))); // Adam: weights and two moments; two classes need one output
        held.ShouldBeInRange(need, need + 4L * network.ParameterCount * 16 * Threads);
        GC.KeepAlive(run);
    }
}

/// <summary>Memory is the process's: nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryTestsAlone;
