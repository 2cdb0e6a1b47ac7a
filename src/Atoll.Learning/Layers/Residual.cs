using Atoll.Learning.Kernels;
using Atoll.Learning.Randomness;

namespace Atoll.Learning.Layers;

/// <summary><c>y = x + f(x)</c>, where f keeps the shape. He et al., 2016. <see href="https://arxiv.org/abs/1512.03385"/></summary>
public sealed class Residual : Layer
{
    private readonly Layer _inner;

    public Residual(Layer inner) : base(inner.Input, inner.Output)
    {
        Require.That(inner.Input == inner.Output, $"A residual connection needs a layer that keeps the shape, but it takes {inner.Input} and gives {inner.Output}.");
        _inner = inner;
        Parameters = inner.Parameters;
    }

    public override IReadOnlyList<ParameterTensor> Parameters { get; }

    public override long ForwardFlops => _inner.ForwardFlops + Output.Size;

    public override long BackwardFlops(bool inputGradient) => _inner.BackwardFlops(inputGradient) + (inputGradient ? Output.Size : 0);

    /// <remarks>Forward leaves f(x) at the end: layers inside may need their own output.</remarks>
    public override long ScratchLength(int batch) => _inner.ScratchLength(batch) + (long)batch * Output.Size;

    public override void Initialize(Span<float> parameters, Philox random) => _inner.Initialize(parameters, random);

    public override void Forward(in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> output, Span<float> scratch)
    {
        int n = pass.Batch * Output.Size, own = (int)_inner.ScratchLength(pass.Batch);
        var f = scratch.Slice(own, n);
        _inner.Forward(pass, parameters, input, f, scratch[..own]);
        f.CopyTo(output);
        Elementwise.Add(input[..n], output[..n]);
    }

    public override void Backward(
        in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, ReadOnlySpan<float> output,
        ReadOnlySpan<float> outputGradient, Span<float> inputGradient, Span<float> parameterGradient, Span<float> scratch)
    {
        int n = pass.Batch * Output.Size, own = (int)_inner.ScratchLength(pass.Batch);
        _inner.Backward(pass, parameters, input, scratch.Slice(own, n), outputGradient, inputGradient, parameterGradient, scratch[..own]);
        if (!inputGradient.IsEmpty)
        {
            Elementwise.Add(outputGradient[..n], inputGradient[..n]);
        }
    }
}
