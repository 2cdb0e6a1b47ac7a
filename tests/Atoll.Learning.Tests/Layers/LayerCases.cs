using Atoll.Learning.Layers;

namespace Atoll.Learning.Tests.Layers;

/// <summary>The layers that <c>make_fixtures.py</c> computes with PyTorch, by the names it gives them.</summary>
internal static class LayerCases
{
    public const int Vocabulary = 9;

    public static IReadOnlyDictionary<string, Layer> All { get; } = new Dictionary<string, Layer>
    {
        ["linear"] = new Linear(new Shape(5), 7),
        ["linear of tokens"] = new Linear(new Shape(4, 6), 3),
        ["conv 3x3, padding 1"] = new Conv2d(new Shape(5, 7, 3), channels: 4, kernel: 3, padding: 1),
        ["conv 5x5, padding 2, stride 2"] = new Conv2d(new Shape(9, 6, 2), channels: 9, kernel: 5, padding: 2, stride: 2),
        ["conv 4x4, padding 1, stride 3, places left over"] = new Conv2d(new Shape(9, 8, 1), channels: 2, kernel: 4, padding: 1, stride: 3),
        ["conv 2x2, stride 3, gaps"] = new Conv2d(new Shape(6, 8, 2), channels: 3, kernel: 2, stride: 3),
        ["conv 1x1"] = new Conv2d(new Shape(3, 2, 5), channels: 3, kernel: 1),
        ["max pool 2, places left over"] = new MaxPool(new Shape(5, 7, 9), 2),
        ["max pool 3"] = new MaxPool(new Shape(6, 7, 3), 3),
        ["average pool 2, places left over"] = new AvgPool(new Shape(5, 6, 10), 2),
        ["relu"] = Activations.ReLU(new Shape(13)),
        ["gelu"] = Activations.Gelu(new Shape(13)),
        ["tanh"] = Activations.Tanh(new Shape(13)),
        ["sigmoid"] = Activations.Sigmoid(new Shape(13)),
        ["layer norm of tokens"] = new LayerNorm(new Shape(3, 8)),
        ["layer norm of an image"] = new LayerNorm(new Shape(3, 4, 5)),
        ["group norm"] = new GroupNorm(new Shape(4, 5, 6), 3),
        ["group norm, one group"] = new GroupNorm(new Shape(3, 3, 4), 1),
        ["embedding"] = new Embedding(4, Vocabulary, 5),
        ["residual"] = new Residual(new Sequence([new Linear(new Shape(6), 4), Activations.Tanh(new Shape(4)), new Linear(new Shape(4), 6)])),
        ["residual block of tokens"] = ResidualBlock(new Shape(3, 8), 16),
    };

    public static Layer ResidualBlock(Shape tokens, int hidden) => new Residual(new Sequence([
        new LayerNorm(tokens), new Linear(tokens, hidden), Activations.Gelu(new Shape(tokens.Width, hidden)), new Linear(new Shape(tokens.Width, hidden), tokens.Channels)]));

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>Numbers in [−½, ½) as the numbers of tokens.</summary>
    public static float[] Tokens(float[] numbers) => [.. numbers.Select(x => (float)(int)((x + 0.5) * Vocabulary))];
}
