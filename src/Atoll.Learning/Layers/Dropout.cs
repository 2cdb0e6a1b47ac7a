using Atoll.Learning.Randomness;

namespace Atoll.Learning.Layers;

/// <summary>In training, each number is 0 with probability p and otherwise divided by 1 − p; outside training nothing changes.</summary>
/// <remarks>
/// Whether a number stays is a pure function of the pass's key and the number's place, so backward draws it again.
/// Srivastava et al., 2014. <see href="https://jmlr.org/papers/v15/srivastava14a.html"/>
/// </remarks>
/// <param name="salt">Tells the dropout layers of one network apart.</param>
public sealed class Dropout(Shape shape, float probability, int salt) : Layer(shape, shape)
{
    private readonly float _probability = Require.InRange(probability, 0f, 1f, nameof(probability));

    public override long ForwardFlops => Input.Size;

    public override long BackwardFlops(bool inputGradient) => inputGradient ? Input.Size : 0;

    public override void Forward(in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> output, Span<float> scratch) =>
        Mask(pass, input, output);

    public override void Backward(
        in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, ReadOnlySpan<float> output,
        ReadOnlySpan<float> outputGradient, Span<float> inputGradient, Span<float> parameterGradient, Span<float> scratch)
    {
        if (!inputGradient.IsEmpty)
        {
            Mask(pass, outputGradient, inputGradient);
        }
    }

    private void Mask(in Pass pass, ReadOnlySpan<float> from, Span<float> to)
    {
        int n = pass.Batch * Input.Size;
        if (!pass.Training)
        {
            from[..n].CopyTo(to);
            return;
        }
        float scale = 1 / (1 - _probability);
        uint stream = ((uint)Purpose.Dropout << 24) | (uint)pass.Client, key1 = (uint)(pass.Seed >> 32) ^ (0x9E3779B9u * (uint)(salt + 1));
        for (int i = 0; i < n; i += 4)
        {
            var (w0, w1, w2, w3) = Philox.Block((uint)(i / 4), (uint)pass.Step, (uint)pass.Round, stream, (uint)pass.Seed, key1);
            ReadOnlySpan<uint> words = [w0, w1, w2, w3];
            for (int j = 0; j < Math.Min(4, n - i); j++)
            {
                to[i + j] = (words[j] >> 8) * (1f / (1 << 24)) < _probability ? 0 : from[i + j] * scale;
            }
        }
    }
}
