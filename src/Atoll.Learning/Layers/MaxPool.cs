using System.Runtime.Intrinsics;

namespace Atoll.Learning.Layers;

/// <summary>The largest value of each window (NaN where there is one); the gradient goes to the first place, in reading order, that holds it.</summary>
public sealed class MaxPool(Shape input, int size) : Pooling(input, size)
{
    private const int Width = 8;

    public override void Forward(in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> output, Span<float> scratch)
    {
        ReadOnlySpan<int> offsets = Offsets;
        for (int at = 0; at < pass.Batch * Output.Height * Output.Width; at++)
        {
            (int sample, int place) = Math.DivRem(at, Output.Height * Output.Width);
            var x = input.Slice(sample * Input.Size, Input.Size);
            var y = output.Slice(at * Output.Channels, Output.Channels);
            int start = Start(place);
            int c = 0;
            for (; c <= y.Length - Width; c += Width)
            {
                var largest = Vector256.Create(x[(start + c)..]);
                for (int window = 1; window < offsets.Length; window++)
                {
                    largest = Vector256.Max(largest, Vector256.Create(x[(start + offsets[window] + c)..]));
                }
                largest.CopyTo(y[c..]);
            }
            for (; c < y.Length; c++)
            {
                float largest = x[start + c];
                for (int window = 1; window < offsets.Length; window++)
                {
                    largest = MathF.Max(largest, x[start + offsets[window] + c]);
                }
                y[c] = largest;
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
            var x = input.Slice(sample * Input.Size, Input.Size);
            var dx = inputGradient.Slice(sample * Input.Size, Input.Size);
            var y = output.Slice(at * Output.Channels, Output.Channels);
            var dy = outputGradient.Slice(at * Output.Channels, Output.Channels);
            int start = Start(place);
            int c = 0;
            for (; c <= y.Length - Width; c += Width)
            {
                Vector256<float> largest = Vector256.Create(y[c..]), left = Vector256.Create(dy[c..]);
                for (int window = 0; window < offsets.Length; window++)
                {
                    int from = start + offsets[window] + c;
                    var here = Vector256.Equals(Vector256.Create(x[from..]), largest);
                    (left & here).CopyTo(dx[from..]);
                    left = Vector256.AndNot(left, here);
                }
            }
            for (; c < y.Length; c++)
            {
                float largest = y[c], left = dy[c];
                for (int window = 0; window < offsets.Length; window++)
                {
                    int from = start + offsets[window] + c;
                    if (x[from] == largest)
                    {
                        dx[from] = left;
                        break;
                    }
                }
            }
        }
    }
}
