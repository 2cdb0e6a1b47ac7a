using System.Runtime.Intrinsics;
using Atoll.Learning.Kernels;

namespace Atoll.Learning.Layers;

/// <summary>An activation function and its derivative, on eight numbers at a time.</summary>
internal interface IActivation
{
    static abstract long Flops { get; }

    static abstract Vector256<float> Forward(Vector256<float> x);

    /// <summary>dy/dx from the input and the output.</summary>
    static abstract Vector256<float> Derivative(Vector256<float> x, Vector256<float> y);
}

/// <summary>Applies one function to every number.</summary>
internal sealed class Activation<T>(Shape shape) : Layer(shape, shape) where T : struct, IActivation
{
    public override long ForwardFlops => Input.Size * T.Flops;

    public override long BackwardFlops(bool inputGradient) => inputGradient ? Input.Size * (T.Flops + 1) : 0;

    public override void Forward(in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> output, Span<float> scratch)
    {
        int n = pass.Batch * Input.Size;
        Elementwise.Map<Function>(input[..n], output[..n]);
    }

    public override void Backward(
        in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, ReadOnlySpan<float> output,
        ReadOnlySpan<float> outputGradient, Span<float> inputGradient, Span<float> parameterGradient, Span<float> scratch)
    {
        if (!inputGradient.IsEmpty)
        {
            int n = pass.Batch * Input.Size;
            Elementwise.Map<Chain>(input[..n], output[..n], outputGradient[..n], inputGradient[..n]);
        }
    }

    private readonly struct Function : IFunction
    {
        public static Vector256<float> Of(Vector256<float> x) => T.Forward(x);
    }

    private readonly struct Chain : IFunction3
    {
        public static Vector256<float> Of(Vector256<float> x, Vector256<float> y, Vector256<float> gradient) => T.Derivative(x, y) * gradient;
    }
}
