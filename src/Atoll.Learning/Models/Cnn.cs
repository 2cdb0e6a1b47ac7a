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

/// <summary>One convolution of a <see cref="Cnn"/>.</summary>
public sealed record Convolution
{
    /// <summary>How many channels it gives.</summary>
    public required int Channels { get; init => field = Require.AtLeast(1, value); }

    /// <summary>Height and width of the window.</summary>
    public int Kernel { get; init => field = Require.AtLeast(1, value); } = 3;

    /// <summary>Zeros around the image; less than <see cref="Kernel"/>.</summary>
    public int Padding { get; init => field = Require.AtLeast(0, value); }

    /// <summary>Height and width of the max pooling after it; 1 for none.</summary>
    public int Pool { get; init => field = Require.AtLeast(1, value); } = 2;
}

/// <summary>
/// The MNIST network of McMahan et al. 2017: 5×5×32, pool, 5×5×64, pool, 512; 1,663,370 parameters on 28×28×1 with 10 classes.
/// </summary>
/// <remarks><see href="https://arxiv.org/abs/1602.05629"/></remarks>
public sealed record McMahanCnn : IModel
{
    /// <summary>How the first weights are drawn; the paper does not say.</summary>
    public Initialization Initialization { get; init; }

    public Network Build(Shape sample, int classes) => new Cnn
    {
        Convolutions = [new() { Channels = 32, Kernel = 5, Padding = 2 }, new() { Channels = 64, Kernel = 5, Padding = 2 }],
        Hidden = [512],
        Initialization = Initialization,
    }.Build(sample, classes);
}

/// <summary>
/// The small network of NIID-Bench (Li et al. 2022): 5×5×6, pool, 5×5×16, pool, 120, 84; 44,426 parameters on 28×28×1 with 10 classes.
/// </summary>
/// <remarks><see href="https://arxiv.org/abs/2102.02079"/></remarks>
public sealed record NiidBenchCnn : IModel
{
    public Network Build(Shape sample, int classes) => new Cnn
    {
        Convolutions = [new() { Channels = 6, Kernel = 5 }, new() { Channels = 16, Kernel = 5 }],
        Hidden = [120, 84],
    }.Build(sample, classes);
}
