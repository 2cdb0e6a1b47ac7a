using System.Text.Json;
using Atoll.Federation.Aggregation;
using Atoll.Federation.LocalObjectives;
using Atoll.Federation.Selection;
using Atoll.Federation.ServerOptimizers;

namespace Atoll.Coordinator.Tests.Models;

/// <summary>Whole rounds, with all sites and with some, against the papers' algorithm boxes written in numpy (<c>Fixtures/make_fixtures.py</c>).</summary>
public sealed class PublishedAlgorithmTests
{
    [Theory]
    [InlineData("fed-avg")]
    [InlineData("fed-prox")]
    [InlineData("fed-nova")]
    [InlineData("scaffold")]
    [InlineData("fed-dyn")]
    [InlineData("fed-yogi")]
    public void Every_round_is_as_in_numpy(string algorithm)
    {
        using Stream stream = typeof(PublishedAlgorithmTests).Assembly.GetManifestResourceStream("rounds.json")!;
        JsonElement fixture = JsonDocument.Parse(stream).RootElement;
        int[] rows = algorithm == "fed-dyn" ? [25, 25, 25, 25] : fixture.GetProperty("rows").Deserialize<int[]>()!;
        QuadraticSites sites = new(fixture.GetProperty("a").Deserialize<float[][]>()!, fixture.GetProperty("b").Deserialize<float[][]>()!,
            rows, fixture.GetProperty("steps").Deserialize<int[]>()!, fixture.GetProperty("learningRate").GetSingle())
        {
            Objective = algorithm switch { "fed-prox" => new FedProx { Mu = 0.5f }, "scaffold" => new Scaffold(), "fed-dyn" => new FedDyn { Alpha = 0.2f }, _ => new Plain() },
            Aggregation = algorithm == "fed-nova" ? new FedNova() : new FedAvg(),
            ServerOptimizer = algorithm == "fed-yogi" ? new FedYogi { LearningRate = 0.3f } : new ServerSgd(),
            Momentum = algorithm == "fed-nova" ? 0.5f : 0,
        };
        FederatedTraining training = sites.NewTraining(new Scripted(fixture.GetProperty("chosen").Deserialize<int[][]>()!));

        foreach (double[] expected in fixture.GetProperty("weights").GetProperty(algorithm).Deserialize<double[][]>()!)
        {
            float[] weights = sites.Round(training);
            for (int i = 0; i < weights.Length; i++)
            {
                ((double)weights[i]).ShouldBe(expected[i], 2e-5, $"round {training.Model.Rounds}, parameter {i}");
            }
        }
    }

    private sealed class Scripted(int[][] rounds) : ISelection
    {
        private int _next;

        public int[] Select(ReadOnlySpan<int> rows, Random random) => rounds[_next++];

        public ISelection Enlarged(double factor, int sites, out int needed) => throw new NotSupportedException("Its rounds are written down.");
    }
}
