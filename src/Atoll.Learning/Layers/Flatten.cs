namespace Atoll.Learning.Layers;

/// <summary>Gives a sample another shape of the same size; the numbers stay where they are.</summary>
public sealed class Flatten(Shape input) : Layer(input, new Shape(input.Size))
{
    public override long ForwardFlops => 0;

    public override long BackwardFlops(bool inputGradient) => 0;

    public override void Forward(in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> output, Span<float> scratch) =>
        input[..(pass.Batch * Input.Size)].CopyTo(output);

    public override void Backward(
        in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, ReadOnlySpan<float> output,
        ReadOnlySpan<float> outputGradient, Span<float> inputGradient, Span<float> parameterGradient, Span<float> scratch)
    {
        if (!inputGradient.IsEmpty)
        {
            outputGradient[..(pass.Batch * Input.Size)].CopyTo(inputGradient);
        }
    }
}
