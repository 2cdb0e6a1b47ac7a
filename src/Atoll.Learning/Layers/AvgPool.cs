using Atoll.Learning.Kernels;

namespace Atoll.Learning.Layers;

/// <summary>The mean of each window.</summary>
public sealed class AvgPool(Shape input, int size) : Pooling(input, size)
{
    private float Share => 1f / (WindowSize * WindowSize);

    public override void Forward(in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> output, Span<float> scratch)
    {
        output[..(pass.Batch * Output.Size)].Clear();
        ReadOnlySpan<int> offsets = Offsets;
        for (int at = 0; at < pass.Batch * Output.Height * Output.Width; at++)
        {
            (int sample, int place) = Math.DivRem(at, Output.Height * Output.Width);
            var y = output.Slice(at * Output.Channels, Output.Channels);
            for (int window = 0; window < offsets.Length; window++)
            {
                int from = sample * Input.Size + Start(place) + offsets[window];
                Elementwise.MultiplyAdd(Share, input.Slice(from, Output.Channels), y);
            }
        }
    }

    public override void Backward(
        in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, ReadOnlySpan<float> output,
        ReadOnlySpan<float> outputGradient, Span<float> inputGradient, Span<float> parameterGradient, Span<float> scratch)
    {
        if (inputGradient.IsEmpty)
        {
            return;
        }
        inputGradient[..(pass.Batch * Input.Size)].Clear();
        ReadOnlySpan<int> offsets = Offsets;
        for (int at = 0; at < pass.Batch * Output.Height * Output.Width; at++)
        {
            (int sample, int place) = Math.DivRem(at, Output.Height * Output.Width);
            var dy = outputGradient.Slice(at * Output.Channels, Output.Channels);
            for (int window = 0; window < offsets.Length; window++)
            {
                int to = sample * Input.Size + Start(place) + offsets[window];
                Elementwise.MultiplyAdd(Share, dy, inputGradient.Slice(to, Output.Channels));
            }
        }
    }
}
