using Atoll.Learning.Randomness;

namespace Atoll.Learning.Layers;

/// <summary>
/// <c>y = γ (x − mean)/√(variance + ε) + β</c>, with mean and (biased) variance over a window of the sample; γ and β are one a channel.
/// </summary>
/// <remarks>Sums run in double precision, in reading order. γ starts at 1, β at 0.</remarks>
public abstract class Normalization(Shape shape, int windowPlaces, int windowChannels) : Layer(shape, shape)
{
    private const double Epsilon = 1e-5;

    private int Windows => Input.Size / (windowPlaces * windowChannels);

    private int WindowSize => windowPlaces * windowChannels;

    public override IReadOnlyList<ParameterTensor> Parameters { get; } = [new("weight", [shape.Channels]), new("bias", [shape.Channels])];

    public override long ForwardFlops => 7L * Input.Size;

    public override long BackwardFlops(bool inputGradient) => (inputGradient ? 13L : 4L) * Input.Size;

    /// <remarks>Each window's mean and 1/deviation.</remarks>
    public override long ScratchLength(int batch) => 2L * batch * Windows;

    public override void Initialize(Span<float> parameters, Philox random)
    {
        parameters[..Input.Channels].Fill(1);
        parameters[Input.Channels..].Clear();
    }

    public override void Forward(in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> output, Span<float> scratch)
    {
        for (int window = 0; window < pass.Batch * Windows; window++)
        {
            (int start, int channel) = Start(window);
            double sum = 0, squares = 0;
            for (int i = 0; i < WindowSize; i++)
            {
                sum += input[start + Offset(i)];
            }
            float mean = (float)(sum / WindowSize);
            for (int i = 0; i < WindowSize; i++)
            {
                double d = input[start + Offset(i)] - mean;
                squares += d * d;
            }
            float scale = (float)(1 / Math.Sqrt(squares / WindowSize + Epsilon));
            (scratch[2 * window], scratch[2 * window + 1]) = (mean, scale);
            for (int i = 0; i < WindowSize; i++)
            {
                int at = start + Offset(i), c = channel + i % windowChannels;
                output[at] = (input[at] - mean) * scale * parameters[c] + parameters[Input.Channels + c];
            }
        }
    }

    public override void Backward(
        in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, ReadOnlySpan<float> output,
        ReadOnlySpan<float> outputGradient, Span<float> inputGradient, Span<float> parameterGradient, Span<float> scratch)
    {
        parameterGradient.Clear();
        for (int window = 0; window < pass.Batch * Windows; window++)
        {
            (int start, int channel) = Start(window);
            (float mean, float scale) = (scratch[2 * window], scratch[2 * window + 1]);
            double sum = 0, product = 0; // of ∂x̂ and of ∂x̂·x̂
            for (int i = 0; i < WindowSize; i++)
            {
                int at = start + Offset(i), c = channel + i % windowChannels;
                float normal = (input[at] - mean) * scale, dy = outputGradient[at];
                parameterGradient[c] += dy * normal;
                parameterGradient[Input.Channels + c] += dy;
                sum += dy * parameters[c];
                product += dy * parameters[c] * normal;
            }
            if (inputGradient.IsEmpty)
            {
                continue;
            }
            float meanGradient = (float)(sum / WindowSize), meanProduct = (float)(product / WindowSize);
            for (int i = 0; i < WindowSize; i++)
            {
                int at = start + Offset(i), c = channel + i % windowChannels;
                float normal = (input[at] - mean) * scale;
                inputGradient[at] = scale * (outputGradient[at] * parameters[c] - meanGradient - normal * meanProduct);
            }
        }
    }

    /// <summary>Where a window starts in the batch, and its first channel.</summary>
    private (int Start, int Channel) Start(int window)
    {
        int windowsAcross = Input.Channels / windowChannels, windowsPerSample = Windows;
        (int sample, int rest) = Math.DivRem(window, windowsPerSample);
        (int down, int across) = Math.DivRem(rest, windowsAcross);
        return (sample * Input.Size + down * windowPlaces * Input.Channels + across * windowChannels, across * windowChannels);
    }

    private int Offset(int i) => i / windowChannels * Input.Channels + i % windowChannels;
}
