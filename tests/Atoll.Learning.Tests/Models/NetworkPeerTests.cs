using Atoll.Learning.Data;
using Atoll.Learning.Layers;
using Atoll.Learning.Losses;
using Atoll.Learning.Models;
using Atoll.Learning.Tests.Fixtures;
using Atoll.Learning.Tests.Layers;
using Atoll.Learning.Training;

namespace Atoll.Learning.Tests.Models;

/// <summary>Loss and gradients of whole networks against PyTorch 1.13 in double precision.</summary>
public sealed class NetworkPeerTests
{
    private static readonly Dictionary<string, Network> s_networks = new()
    {
        ["mlp"] = new Mlp { Hidden = [9, 6], Activation = ActivationKind.Tanh }.Build(new Shape(11), 4),
        ["logistic"] = new Logistic().Build(new Shape(6), 2),
        ["mcmahan-cnn"] = new McMahanCnn().Build(new Shape(28, 28, 1), 10),
        ["niid-bench-cnn"] = new NiidBenchCnn().Build(new Shape(28, 28, 1), 10),
        ["residual block over an embedding"] = Block(),
    };

    public static TheoryData<string> Names => [.. s_networks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Loss_and_gradients_are_those_of_PyTorch(string name)
    {
        var expected = Fixture.Read<Expected[]>("networks.json").Single(e => e.Name == name);
        Network network = s_networks[name];
        float[] features = Draw.Numbers(expected.Batch * network.Input.Size, 1, 2);
        features = network.Layers.Layers[0] is Embedding ? LayerCases.Tokens([.. features.Select(x => x / 2)]) : features;
        int classes = Math.Max(2, network.Loss.Outputs);
        int[] rows = [.. Enumerable.Range(0, expected.Batch)];
        Dataset data = new(network.Input, features, [.. rows.Select(row => (float)(row % classes))], [.. Enumerable.Range(0, classes).Select(c => $"{c}")]);
        float[] parameters = [.. network.Parameters.SelectMany((p, place) => Draw.Numbers(p.Length, 100 + (uint)place, 2f / MathF.Sqrt(FanIn(p))))];
        var gradient = new float[network.ParameterCount];

        double loss = new Workspace(network, expected.Batch).Gradient(parameters, data, rows, new Pass(0), gradient);

        loss.ShouldBe(expected.Loss, 2e-6 * expected.Loss);
        int at = 0;
        foreach (var (tensor, sample) in network.Parameters.Zip(expected.Gradients))
        {
            float[] some = [.. gradient.AsSpan(at, tensor.Length).ToArray().Where((_, i) => i % sample.Every == 0)];
            ((ReadOnlySpan<float>)some).ShouldBeCloseTo(sample.Values, 1e-5, tensor.Name);
            at += tensor.Length;
        }
    }

    private static int FanIn(ParameterTensor tensor) => tensor.Dimensions.Count > 1 ? tensor.Length / tensor.Dimensions[^1] : 1;

    private static Network Block()
    {
        Shape tokens = new(4, 8);
        return new Network(new Sequence(
            [new Embedding(4, LayerCases.Vocabulary, 8), LayerCases.ResidualBlock(tokens, 12), new Flatten(tokens), new Linear(new Shape(32), 3)]), new SoftmaxCrossEntropy(3));
    }

    private sealed record Expected(string Name, int Batch, double Loss, double[] Output, Sampled[] Gradients);

    private sealed record Sampled(int Every, double[] Values);
}
