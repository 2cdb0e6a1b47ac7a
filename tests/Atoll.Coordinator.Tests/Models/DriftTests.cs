using Atoll.Federation.Aggregation;
using Atoll.Federation.LocalObjectives;
using Atoll.Federation.Selection;

namespace Atoll.Coordinator.Tests.Models;

/// <summary>What each algorithm promises about sites that disagree.</summary>
public sealed class DriftTests
{
    private static readonly float[][] A = [[1f, 0.2f], [0.1f, 2f], [3f, 1f]];
    private static readonly float[][] B = [[4f, -1f], [-2f, 3f], [1f, 0f]];

    [Fact]
    public void Many_local_steps_take_FedAvg_away_from_the_optimum() => Distance(new Plain(), new FedAvg(), [10, 10, 10], [20, 20, 20], rounds: 400).ShouldBeGreaterThan(0.3);

    [Fact]
    public void Scaffold_reaches_the_optimum_with_as_many() => Distance(new Scaffold(), new FedAvg(), [10, 10, 10], [20, 20, 20], rounds: 400).ShouldBeLessThan(1e-4);

    [Fact]
    public void FedDyn_reaches_the_optimum_with_as_many() => Distance(new FedDyn { Alpha = 0.5f }, new FedAvg(), [10, 10, 10], [20, 20, 20], rounds: 400).ShouldBeLessThan(1e-4);

    [Fact]
    public void FedDyn_reaches_the_optimum_weighted_by_rows() => Distance(new FedDyn { Alpha = 0.5f }, new FedAvg(), [10, 20, 70], [20, 20, 20], rounds: 400).ShouldBeLessThan(1e-4);

    [Fact]
    public void FedDyn_reaches_it_with_only_some_sites_a_round() =>
        Distance(new FedDyn { Alpha = 0.5f }, new FedAvg(), [10, 20, 70], [20, 20, 20], rounds: 3000, selection: new UniformSelection { Count = 2 }).ShouldBeLessThan(1e-3);

    [Fact]
    public void Sites_that_take_more_steps_bias_FedAvg_but_not_FedNova()
    {
        double fedAvg = Distance(new Plain(), new FedAvg(), [10, 20, 30], [9, 1, 3], rounds: 4000, learningRate: 0.003f);
        double fedNova = Distance(new Plain(), new FedNova(), [10, 20, 30], [9, 1, 3], rounds: 4000, learningRate: 0.003f);

        fedAvg.ShouldBeGreaterThan(0.5);
        fedNova.ShouldBeLessThan(0.05);
    }

    [Fact]
    public void FedProx_without_pull_gives_the_bits_of_plain_training() =>
        Weights(new FedProx { Mu = 0 }, new FedAvg(), [7, 7, 7]).ShouldBe(Weights(new Plain(), new FedAvg(), [7, 7, 7]));

    [Fact]
    public void FedNova_is_FedAvg_where_all_sites_take_as_many_steps()
    {
        float[] nova = Weights(new Plain(), new FedNova(), [7, 7, 7]), avg = Weights(new Plain(), new FedAvg(), [7, 7, 7]);
        for (int i = 0; i < nova.Length; i++)
        {
            nova[i].ShouldBe(avg[i], 1e-6f);
        }
    }

    private static float[] Weights(ILocalObjective objective, IAggregation aggregation, int[] steps)
    {
        QuadraticSites sites = new(A, B, [10, 20, 30], steps, 0.05f) { Objective = objective, Aggregation = aggregation };
        FederatedTraining training = sites.NewTraining();
        for (int round = 0; round < 5; round++)
        {
            sites.Round(training);
        }
        return training.Model.Weights;
    }

    private static double Distance(ILocalObjective objective, IAggregation aggregation, int[] rows, int[] steps, int rounds, float learningRate = 0.1f, ISelection? selection = null)
    {
        QuadraticSites sites = new(A, B, rows, steps, learningRate) { Objective = objective, Aggregation = aggregation };
        FederatedTraining training = sites.NewTraining(selection);
        for (int round = 0; round < rounds; round++)
        {
            sites.Round(training);
        }
        return Math.Sqrt(sites.Optimum(k => rows[k]).Zip(training.Model.Weights, (best, w) => Math.Pow(w - best, 2)).Sum());
    }
}
