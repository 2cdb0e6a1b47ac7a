using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Atoll.Learning.Data;
using Atoll.Learning.Kernels;
using Atoll.Learning.Layers;
using Atoll.Learning.Losses;
using Atoll.Learning.Models;
using Atoll.Learning.Optimizers;
using Atoll.Learning.Randomness;
using Atoll.Learning.Training;

namespace Atoll.Learning.Determinism;

/// <summary>Work that touches every kernel, each piece giving a SHA-256.</summary>
internal static class Work
{
    private const int Classes = 5, Rows = 37, Batch = 8, Vocabulary = 11;

    public static IReadOnlyList<(string Name, Func<string> Run)> All { get; } =
    [
        ("products", Products),
        ("cnn-sgd", () => Train(new Cnn
        {
            Convolutions = [new() { Channels = 5, Kernel = 3, Padding = 1 }, new() { Channels = 18, Kernel = 5, Padding = 2 }],
            Hidden = [21],
            Dropout = 0.25f,
        }.Build(new Shape(10, 9, 2), Classes), new Sgd { LearningRate = 0.05f, Momentum = 0.9f, Nesterov = true, WeightDecay = 0.001f })),
        ("mlp-adam", () => Train(new Mlp { Hidden = [67, 33], Activation = ActivationKind.Gelu, Dropout = 0.5f }.Build(new Shape(49), 2), new Adam { LearningRate = 0.01f })),
        ("block-adamw", () => Train(Block(new Shape(6, 6, 8)), new AdamW { LearningRate = 0.01f, Schedule = new CosineDecay { Warmup = 1 } })),
        ("tokens-sgd", () => Train(Tokens(), new Sgd { LearningRate = 0.1f, Schedule = new ExponentialDecay { Gamma = 0.9 } })),
    ];

    /// <summary>Products that take every path: with and without packing, narrow, turned, continued.</summary>
    private static string Products()
    {
        Philox random = new(11, Purpose.Initialization);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (m, n, k) in ((int, int, int)[])[(1, 1, 1), (3, 5, 7), (13, 33, 17), (20, 129, 300), (61, 70, 300), (49, 1100, 270), (25, 1030, 260), (70, 40, 600)])
        {
            float[] a = Numbers(m * k), b = Numbers(k * n), c = Numbers(m * n);
            Add(c, () => MatrixProduct.NN(m, n, k, a, b, c));
            Add(c, () => MatrixProduct.NT(m, n, k, a, b, c, accumulate: true));
            Add(c, () => MatrixProduct.TN(m, n, k, a, b, c, accumulate: true));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];

        void Add(float[] c, Action product)
        {
            product();
            hash.AppendData(MemoryMarshal.AsBytes(c.AsSpan()));
        }
    }

    /// <summary>Layers that no ready-made model has.</summary>
    private static Network Block(Shape image)
    {
        Shape pooled = new(image.Height / 2, image.Width / 2, image.Channels);
        return new Network(new Sequence(
        [
            new Residual(new Sequence([new GroupNorm(image, 2), Activations.Tanh(image), new Conv2d(image, image.Channels, kernel: 3, padding: 1)])),
            new AvgPool(image, 2),
            new Residual(new Sequence([new LayerNorm(pooled), new Linear(pooled, image.Channels), Activations.Sigmoid(pooled)])),
            new Flatten(pooled),
            new Linear(new Shape(pooled.Size), Classes),
        ]), new SoftmaxCrossEntropy(Classes));
    }

    private static Network Tokens()
    {
        Shape tokens = new(5, 12);
        return new Network(new Sequence(
        [
            new Embedding(5, Vocabulary, 12),
            new Residual(new Sequence([new LayerNorm(tokens), new Linear(tokens, 20), Activations.Gelu(new Shape(5, 20)), new Linear(new Shape(5, 20), 12)])),
            new Flatten(tokens),
            new Linear(new Shape(60), 1),
        ]), new Huber(0.5f));
    }

    private static string Train(Network network, IOptimizer optimizer)
    {
        Philox random = new(3, Purpose.FeatureNoise);
        bool tokens = network.Layers.Layers[0] is Embedding;
        float[] features = [.. Enumerable.Range(0, Rows * network.Input.Size).Select(_ => tokens ? random.Next(Vocabulary) : 2 * random.NextSingle() - 1)];
        int classes = Math.Max(2, network.Loss.Outputs);
        Dataset data = new(network.Input, features, [.. Enumerable.Range(0, Rows).Select(row => (float)(row % classes))], [.. Enumerable.Range(0, classes).Select(c => $"{c}")]);
        int[] rows = [.. Enumerable.Range(0, Rows)];

        float[] weights = network.Initialize(seed: 7);
        Trainer trainer = new(network, optimizer, Batch);
        const int rounds = 3;
        double losses = 0;
        for (int round = 0; round < rounds; round++)
        {
            float rate = (float)(optimizer.LearningRate * optimizer.Schedule.Factor(round, rounds));
            losses += trainer.Train(weights, data, rows, new Assignment(Seed: 7, Client: 2, round, rate, Epochs: 2)).MeanLoss;
        }
        if (!double.IsFinite(losses))
        {
            throw new InvalidOperationException($"Training must converge here, but its losses sum to {losses}.");
        }
        var predictions = new float[Rows * network.Loss.Outputs];
        var rowLosses = new double[Rows];
        new Workspace(network, Batch).Predict(weights, data, rows, predictions, rowLosses);

        byte[] bytes =
        [
            .. MemoryMarshal.AsBytes(weights.AsSpan()), .. MemoryMarshal.AsBytes(predictions.AsSpan()), .. MemoryMarshal.AsBytes(rowLosses.AsSpan()), .. BitConverter.GetBytes(losses),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
