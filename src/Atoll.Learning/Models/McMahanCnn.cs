using Atoll.Learning.Layers;

namespace Atoll.Learning.Models;

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
