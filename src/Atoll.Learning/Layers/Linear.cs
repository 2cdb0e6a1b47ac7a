using Atoll.Learning.Kernels;
using Atoll.Learning.Randomness;

namespace Atoll.Learning.Layers;

/// <summary>
/// <c>y = x·W + b</c> over the last dimension. <c>W</c> is [inputs, outputs]; the chain of each output starts at its bias.
/// </summary>
/// <remarks>First values uniform in ±1/√inputs, weights and biases, as LeCun et al. 1998 and PyTorch do.</remarks>
public sealed class Linear(Shape input, int outputs) : Layer(input, new Shape(input.Height, input.Width, outputs))
{
    private int Inputs => Input.Channels;

    private int Outputs => Output.Channels;

    private int Places => Input.Height * Input.Width;

    public override IReadOnlyList<ParameterTensor> Parameters { get; } = [new("weight", [input.Channels, outputs]), new("bias", [outputs])];

    public override long ForwardFlops => 2L * Places * Inputs * Outputs;

    public override long BackwardFlops(bool inputGradient) => (long)Places * ((inputGradient ? 4L : 2L) * Inputs * Outputs + Outputs);

    public override void Initialize(Span<float> parameters, Philox random) => Uniform.Fill(parameters, Inputs, random);

    public override void Forward(in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> output, Span<float> scratch)
    {
        int rows = pass.Batch * Places;
        var bias = parameters.Slice(Inputs * Outputs, Outputs);
        for (int row = 0; row < rows; row++)
        {
            bias.CopyTo(output[(row * Outputs)..]);
        }
        MatrixProduct.NN(rows, Outputs, Inputs, input, parameters, output, accumulate: true); // y ← b + x·W
    }

    public override void Backward(
        in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, ReadOnlySpan<float> output,
        ReadOnlySpan<float> outputGradient, Span<float> inputGradient, Span<float> parameterGradient, Span<float> scratch)
    {
        int rows = pass.Batch * Places;
        MatrixProduct.TN(Inputs, Outputs, rows, input, outputGradient, parameterGradient);                             // ∂W = xᵀ·∂y
        Elementwise.ColumnSums(outputGradient[..(rows * Outputs)], parameterGradient.Slice(Inputs * Outputs, Outputs)); // ∂b = Σ ∂y
        if (!inputGradient.IsEmpty)
        {
            MatrixProduct.NT(rows, Inputs, Outputs, outputGradient, parameters, inputGradient); // ∂x = ∂y·Wᵀ
        }
    }
}
