using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Atoll.Learning.Layers;

/// <summary>The largest value of each window (NaN where there is one); the gradient goes to the first place, in reading order, that holds it.</summary>
/// <remarks>
/// Channels are taken eight at a time, also where fewer are left: what the surplus lanes write belongs to the places after, and as everything is
/// written from the first address to the last, those places are written later. Only at the very end of a span are numbers taken one by one.
/// </remarks>
public sealed class MaxPool(Shape input, int size) : Pooling(input, size)
{
    private const int Width = 8;

    public override void Forward(in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> output, Span<float> scratch)
    {
        ReadOnlySpan<int> offsets = Offsets;
        input = input[..(pass.Batch * Input.Size)];
        output = output[..(pass.Batch * Output.Size)];
        ref float x = ref MemoryMarshal.GetReference(input), y = ref MemoryMarshal.GetReference(output);
        int places = Output.Height * Output.Width, channels = Output.Channels, last = offsets[^1];
        for (int sample = 0, to = 0; sample < pass.Batch; sample++)
        {
            for (int place = 0; place < places; place++)
            {
                int from = sample * Input.Size + Start(place), end = to + channels;
                for (; to < end; to += Width, from += Width)
                {
                    if (from + last + Width > input.Length || to + Width > output.Length)
                    {
                        Largest(input[from..], offsets, output[to..end]);
                        continue;
                    }
                    var largest = Vector256.LoadUnsafe(ref x, (nuint)from);
                    for (int window = 1; window < offsets.Length; window++)
                    {
                        largest = Vector256.Max(largest, Vector256.LoadUnsafe(ref x, (nuint)(from + offsets[window])));
                    }
                    largest.StoreUnsafe(ref y, (nuint)to);
                }
                to = end;
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
        int inputs = pass.Batch * Input.Size, outputs = pass.Batch * Output.Size;
        // The ends of input and output say where whole vectors still fit, in the gradients too: all four must end with the batch.
        input = input[..inputs];
        output = output[..outputs];
        outputGradient = outputGradient[..outputs];
        inputGradient = inputGradient[..inputs];
        int lineLength = Input.Width * Input.Channels, pooledLines = Output.Height * WindowSize;
        for (int sample = 0; sample < pass.Batch; sample++)
        {
            var dx = inputGradient[(sample * Input.Size)..]; // to the end: surplus lanes of one sample's last place lie in the next sample
            for (int line = 0; line < pooledLines; line++)
            {
                (int row, int windowLine) = Math.DivRem(line, WindowSize);
                int outputAt = sample * Output.Size + row * Output.Width * Output.Channels;
                BackwardLine(windowLine, input[(sample * Input.Size + row * WindowSize * lineLength)..], output[outputAt..], outputGradient[outputAt..], dx[(row * WindowSize * lineLength)..]);
                dx[(line * lineLength + Output.Width * WindowSize * Input.Channels)..((line + 1) * lineLength)].Clear(); // in no window
            }
            dx[(pooledLines * lineLength)..Input.Size].Clear();
        }
    }

    /// <summary>One line of the input's gradient: the given one of a line of windows.</summary>
    private void BackwardLine(int windowLine, ReadOnlySpan<float> input, ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient, Span<float> inputGradient)
    {
        var offsets = Offsets[..((windowLine + 1) * WindowSize)];
        int first = windowLine * WindowSize, last = offsets[^1], channels = Output.Channels;
        ref float x = ref MemoryMarshal.GetReference(input), dx = ref MemoryMarshal.GetReference(inputGradient);
        ref float y = ref MemoryMarshal.GetReference(output), dy = ref MemoryMarshal.GetReference(outputGradient);
        for (int place = 0; place < Output.Width; place++)
        {
            for (int window = first; window < offsets.Length; window++)
            {
                for (int c = 0; c < channels; c += Width)
                {
                    int from = place * WindowSize * channels + c, at = place * channels + c;
                    if (from + last + Width > input.Length || at + Width > output.Length)
                    {
                        int few = Math.Min(Width, channels - c);
                        First(input[from..], offsets[..(window + 1)], output.Slice(at, few), outputGradient[at..], inputGradient.Slice(from + offsets[window], few));
                        continue;
                    }
                    Vector256<float> largest = Vector256.LoadUnsafe(ref y, (nuint)at), gradient = Vector256.LoadUnsafe(ref dy, (nuint)at);
                    for (int earlier = 0; earlier < window; earlier++)
                    {
                        gradient = Vector256.AndNot(gradient, Vector256.Equals(Vector256.LoadUnsafe(ref x, (nuint)(from + offsets[earlier])), largest));
                    }
                    gradient &= Vector256.Equals(Vector256.LoadUnsafe(ref x, (nuint)(from + offsets[window])), largest);
                    gradient.StoreUnsafe(ref dx, (nuint)(from + offsets[window]));
                }
            }
        }
    }

    private static void Largest(ReadOnlySpan<float> x, ReadOnlySpan<int> offsets, Span<float> y)
    {
        for (int c = 0; c < Math.Min(Width, y.Length); c++)
        {
            float largest = x[c];
            foreach (int offset in offsets[1..])
            {
                largest = MathF.Max(largest, x[offset + c]);
            }
            y[c] = largest;
        }
    }

    /// <summary>The gradient where the last of the windows' places is the first to hold the largest value; else 0.</summary>
    private static void First(ReadOnlySpan<float> x, ReadOnlySpan<int> offsets, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
    {
        for (int c = 0; c < y.Length; c++)
        {
            int window = 0;
            while (window < offsets.Length && x[offsets[window] + c] != y[c])
            {
                window++;
            }
            dx[c] = window == offsets.Length - 1 ? dy[c] : 0;
        }
    }
}
