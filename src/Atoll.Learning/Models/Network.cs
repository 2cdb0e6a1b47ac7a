using Atoll.Learning.Layers;
using Atoll.Learning.Losses;
using Atoll.Learning.Randomness;

namespace Atoll.Learning.Models;

/// <summary>Layers and a loss, fitted to the data's shape. Its parameters are one flat vector that the caller owns.</summary>
/// <remarks>Immutable; used from many threads at once.</remarks>
public sealed class Network
{
    public Network(Sequence layers, Loss loss)
    {
        Require.That(layers.Output.Size == loss.Outputs, $"The loss needs {loss.Outputs} outputs, but the network gives {layers.Output.Size}.");
        (Layers, Loss, ParameterCount) = (layers, loss, layers.ParameterCount);
    }

    public Sequence Layers { get; }

    public Loss Loss { get; }

    public Shape Input => Layers.Input;

    public int ParameterCount { get; }

    /// <summary>The named tensors in the order in which they lie in the parameter vector.</summary>
    public IReadOnlyList<ParameterTensor> Parameters => Layers.Parameters;

    /// <summary>Floating-point operations to train on one sample: forward, loss, backward. The optimizer's step is not counted.</summary>
    public long TrainingFlops => Layers.ForwardFlops + Loss.Flops + Layers.BackwardFlops(inputGradient: false);

    /// <summary>A new parameter vector, drawn from the seed.</summary>
    public float[] Initialize(ulong seed)
    {
        var parameters = new float[ParameterCount];
        Layers.Initialize(parameters, new Philox(seed, Purpose.Initialization));
        return parameters;
    }
}
