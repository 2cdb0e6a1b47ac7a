using Atoll.Learning.Randomness;

namespace Atoll.Learning.Layers;

/// <summary>
/// A step of a network: forward and backward beside each other. A layer holds its shape and nothing else; parameters, activations and
/// gradients are spans of the caller's flat buffers, so a training step allocates nothing.
/// </summary>
/// <remarks>Layers are immutable and used from many threads at once.</remarks>
public abstract class Layer(Shape input, Shape output)
{
    /// <summary>The shape of one sample going in.</summary>
    public Shape Input { get; } = input;

    /// <summary>The shape of one sample coming out.</summary>
    public Shape Output { get; } = output;

    /// <summary>The parameter tensors in the order in which they lie in the parameter span.</summary>
    public virtual IReadOnlyList<ParameterTensor> Parameters => [];

    public int ParameterCount => Parameters.Sum(p => p.Length);

    /// <summary>Forward floating-point operations of one sample: a multiply-add is two, any other element-wise operation one.</summary>
    public abstract long ForwardFlops { get; }

    /// <summary>Backward floating-point operations of one sample.</summary>
    /// <param name="inputGradient">Whether the gradient of the input is wanted; the first layer's is not.</param>
    public abstract long BackwardFlops(bool inputGradient);

    /// <summary>Numbers of working memory for a batch; what forward leaves there, backward finds.</summary>
    public virtual long ScratchLength(int batch) => 0;

    /// <summary>Draws the parameters' first values.</summary>
    public virtual void Initialize(Span<float> parameters, Philox random) { }

    /// <summary>Writes <paramref name="output"/> (batch × <see cref="Output"/>) from <paramref name="input"/> (batch × <see cref="Input"/>).</summary>
    public abstract void Forward(in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> output, Span<float> scratch);

    /// <summary>From the gradient of the output, writes (never adds to) the gradients of input and parameters.</summary>
    /// <param name="inputGradient">Empty when it is not wanted.</param>
    public abstract void Backward(
        in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, ReadOnlySpan<float> output,
        ReadOnlySpan<float> outputGradient, Span<float> inputGradient, Span<float> parameterGradient, Span<float> scratch);
}
