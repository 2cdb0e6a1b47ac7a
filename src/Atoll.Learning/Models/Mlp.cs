using Atoll.Learning.Layers;

namespace Atoll.Learning.Models;

/// <summary>Fully connected layers: a multilayer perceptron.</summary>
public sealed record Mlp : IModel
{
    /// <summary>The hidden layers' widths.</summary>
    public required IReadOnlyList<int> Hidden { get; init => field = [.. value.Select(w => Require.AtLeast(1, w, nameof(Hidden)))]; }

    /// <summary>The function between the layers.</summary>
    public ActivationKind Activation { get; init; }

    /// <summary>Share of hidden numbers left out in training, in [0, 1).</summary>
    public float Dropout { get; init => field = Require.InRange(value, 0f, 1f); }

    /// <summary>How the first weights are drawn.</summary>
    public Initialization Initialization { get; init; }

    /// <summary>Used when the label is a value.</summary>
    public RegressionLoss Loss { get; init; }

    public Network Build(Shape sample, int classes) => new NetworkBuilder(sample, Initialization).Flat().Hidden(Hidden, Activation, Dropout).Head(classes, Loss);
}
