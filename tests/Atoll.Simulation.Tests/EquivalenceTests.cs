using Atoll.Experiments;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Training;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests;

/// <summary>Algorithms that must coincide where their papers say so.</summary>
public sealed class EquivalenceTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Fedprox_without_its_pull_is_fedavg_to_the_bit()
    {
        string folder = Run("""
            fedavg: { kind: federated, rounds: 5, selection: { kind: uniform, count: 2 } }
              fedprox: { kind: federated, rounds: 5, selection: { kind: uniform, count: 2 }, local-objective: { kind: fed-prox, mu: 0 } }
            """);

        Tensors(folder, "fedprox").ShouldBe(Tensors(folder, "fedavg"));
    }

    [Fact]
    public void Server_sgd_of_rate_one_and_momentum_none_are_fedavg()
    {
        string folder = Run("""
            fedavg: { kind: federated, rounds: 5 }
              sgd: { kind: federated, rounds: 5, server-optimizer: { kind: sgd, learning-rate: 1 } }
              momentum: { kind: federated, rounds: 5, server-optimizer: { kind: fed-avg-m, learning-rate: 1, momentum: 0 } }
            """);

        Tensors(folder, "sgd").ShouldBe(Tensors(folder, "fedavg"));
        Tensors(folder, "momentum").ShouldBe(Tensors(folder, "fedavg"), tolerance: 1e-6);
    }

    [Fact]
    public void Fednova_is_fedavg_where_all_sites_take_the_same_number_of_steps_and_is_not_where_they_do_not()
    {
        string folder = Run("""
            fedavg: { kind: federated, rounds: 5, training: { local-steps: 6 } }
              fednova: { kind: federated, rounds: 5, training: { local-steps: 6 }, aggregation: { kind: fed-nova } }
              uneven: { kind: federated, rounds: 5, training: { local-epochs: 1 } }
              uneven-nova: { kind: federated, rounds: 5, training: { local-epochs: 1 }, aggregation: { kind: fed-nova } }
            """);

        Tensors(folder, "fednova").ShouldBe(Tensors(folder, "fedavg"), tolerance: 1e-5);
        Tensors(folder, "uneven-nova").Zip(Tensors(folder, "uneven")).Max(pair => Math.Abs(pair.First - pair.Second)).ShouldBeGreaterThan(1e-3f);
    }

    [Fact]
    public void Scaffolds_first_round_is_fedavgs_because_all_its_controls_are_zero()
    {
        string folder = Run("""
            fedavg: { kind: federated, rounds: 1 }
              scaffold: { kind: federated, rounds: 1, local-objective: { kind: scaffold } }
              fedavg-two: { kind: federated, rounds: 2 }
              scaffold-two: { kind: federated, rounds: 2, local-objective: { kind: scaffold } }
            """);

        Tensors(folder, "scaffold").ShouldBe(Tensors(folder, "fedavg"));
        Tensors(folder, "scaffold-two").ShouldNotBe(Tensors(folder, "fedavg-two"));
    }

    [Fact]
    public void One_site_federated_with_one_epoch_a_round_is_that_site_alone()
    {
        // Plain SGD keeps nothing from epoch to epoch, so a round from the averaged weights is an epoch from the site's own; averaging rounds to 2⁻³².
        _lab.Write("rows.csv", Rows.ThreeClasses(sites: 1));
        Experiment experiment = _lab.Parse("""
            name: alone
            data: { csv: [rows.csv], label: y, site: site }
            model: { kind: logistic }
            training: { optimizer: { kind: sgd, learning-rate: 0.1 }, batch-size: 4, local-epochs: 1 }
            arms:
              centralized: { kind: centralized, epochs: 10 }
              local: { kind: local, epochs: 10 }
              fedavg: { kind: federated, rounds: 10 }
            """);
        string folder = _lab.NewFolder();

        _lab.Run(experiment, folder);

        Tensors(folder, "fedavg").ShouldBe(Tensors(folder, "local"), tolerance: 1e-5);
    }

    [Fact]
    public void Centralized_training_is_the_engines_training_on_all_rows()
    {
        Experiment experiment = _lab.ThreeClasses("centralized: { kind: centralized, epochs: 3, training: { optimizer: { kind: sgd, learning-rate: 0.1, momentum: 0.9 }, batch-size: 1000 } }");
        (SitedDataset data, Network network) = Lab.Prepared(experiment, "centralized");
        string folder = _lab.NewFolder();

        _lab.Run(experiment, folder);

        // A batch of all rows: an epoch is one step along the full gradient, whatever the order; v ← ρv + g, w ← w − ηv.
        float[] weights = network.Initialize(experiment.Seed), velocity = new float[weights.Length], gradient = new float[weights.Length];
        int[] rows = [.. data.Sites.SelectMany(site => site.Train)];
        Workspace workspace = new(network, rows.Length);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            workspace.Gradient(weights, data.Data, rows, new(rows.Length), gradient);
            for (int i = 0; i < weights.Length; i++)
            {
                velocity[i] = 0.9f * velocity[i] + gradient[i];
                weights[i] -= 0.1f * velocity[i];
            }
        }
        Lab.Weights(folder, "centralized", network).ShouldBe(weights, tolerance: 1e-5);
    }

    private string Run(string arms)
    {
        string folder = _lab.NewFolder();
        _lab.Run(_lab.ThreeClasses("centralized: { kind: centralized, epochs: 1 }\n  " + arms), folder);
        return folder;
    }

    private static float[] Tensors(string folder, string arm) =>
        [.. Learning.Tensors.SafetensorsFile.Read(Path.Combine(folder, "models", $"{arm}.safetensors")).Tensors.SelectMany(tensor => tensor.Values.ToArray())];
}
