namespace Atoll.Learning.Models;

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
