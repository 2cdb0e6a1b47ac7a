using Atoll.Learning.Layers;

namespace Atoll.Learning.Models;

/// <summary>Convolutions, each with activation and max pooling, then fully connected layers.</summary>
public sealed record Cnn : IModel
{
    /// <summary>The convolutions, first to last.</summary>
    public required IReadOnlyList<Convolution> Convolutions { get; init; }

    /// <summary>The widths of the fully connected layers after the convolutions.</summary>
    public IReadOnlyList<int> Hidden { get; init => field = [.. value.Select(w => Require.AtLeast(1, w, nameof(Hidden)))]; } = [];

    /// <summary>The function between the layers.</summary>
    public ActivationKind Activation { get; init; }

    /// <summary>Share of fully connected numbers left out in training, in [0, 1).</summary>
    public float Dropout { get; init => field = Require.InRange(value, 0f, 1f); }

    /// <summary>How the first weights are drawn.</summary>
    public Initialization Initialization { get; init; }

    public Network Build(Shape sample, int classes)
    {
        Require.That(sample.IsImage, $"A convolutional network needs images of [height, width, channels], but the data's samples have shape {sample}.");
        NetworkBuilder network = new(sample, Initialization);
        foreach (var c in Convolutions)
        {
            network.Convolution(c.Channels, c.Kernel, c.Padding, c.Pool, Activation);
        }
        return network.Flat().Hidden(Hidden, Activation, Dropout).Head(classes);
    }
}
