using Atoll.Learning.Kernels;
using Atoll.Learning.Randomness;

namespace Atoll.Learning.Layers;

/// <summary>Looks up a learned vector for each token: [tokens] of whole numbers in, [tokens, channels] out.</summary>
/// <remarks>Token numbers travel as floats, exact up to 2²⁴. First values are standard normal by the sum of twelve uniforms.</remarks>
public sealed class Embedding(int tokens, int vocabulary, int channels) : Layer(new Shape(tokens), new Shape(tokens, channels))
{
    public override IReadOnlyList<ParameterTensor> Parameters { get; } = [new("weight", [Require.AtLeast(1, vocabulary, nameof(vocabulary)), channels])];

    public override long ForwardFlops => 0;

    public override long BackwardFlops(bool inputGradient) => Output.Size;

    public override void Initialize(Span<float> parameters, Philox random)
    {
        foreach (ref float p in parameters)
        {
            float sum = -6;
            for (int i = 0; i < 12; i++)
            {
                sum += random.NextSingle();
            }
            p = sum;
        }
    }

    public override void Forward(in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> output, Span<float> scratch)
    {
        for (int i = 0; i < pass.Batch * Input.Size; i++)
        {
            parameters.Slice(Token(input[i]) * channels, channels).CopyTo(output[(i * channels)..]);
        }
    }

    public override void Backward(
        in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, ReadOnlySpan<float> output,
        ReadOnlySpan<float> outputGradient, Span<float> inputGradient, Span<float> parameterGradient, Span<float> scratch)
    {
        if (!inputGradient.IsEmpty)
        {
            inputGradient[..(pass.Batch * Input.Size)].Clear(); // a token number has no gradient
        }
        parameterGradient.Clear();
        for (int i = 0; i < pass.Batch * Input.Size; i++)
        {
            Elementwise.Add(outputGradient.Slice(i * channels, channels), parameterGradient.Slice(Token(input[i]) * channels, channels));
        }
    }

    private int Token(float value)
    {
        int token = (int)value;
        Require.That(token == value && token >= 0 && token < vocabulary, $"A token must be a whole number from 0 to {vocabulary - 1}, but was {value}.");
        return token;
    }
}
