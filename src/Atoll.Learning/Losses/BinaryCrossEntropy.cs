using Atoll.Learning.Kernels;

namespace Atoll.Learning.Losses;

/// <summary>Two classes from one number: <c>log(1 + eᶻ) − t·z</c>; gradient <c>σ(z) − t</c>.</summary>
public sealed class BinaryCrossEntropy : Loss
{
    public override int Outputs => 1;

    public override long Flops => 20;

    public override double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
    {
        double total = 0;
        float share = 1f / targets.Length;
        for (int row = 0; row < targets.Length; row++)
        {
            float t = targets[row];
            Require.That(t is 0 or 1, $"A class of two must be 0 or 1, but was {t}.");
            float z = outputs[row], small = VectorMath.Exp(-MathF.Abs(z)); // never overflows
            total += (double)VectorMath.Log1p(small) + (z > 0 ? z - t * z : -t * z);
            if (!gradient.IsEmpty)
            {
                gradient[row] = share * (Probability(z, small) - t);
            }
        }
        return total;
    }

    public override void Predict(Span<float> outputs)
    {
        foreach (ref float z in outputs)
        {
            z = Probability(z, VectorMath.Exp(-MathF.Abs(z)));
        }
    }

    private static float Probability(float z, float small) => (z >= 0 ? 1 : small) / (1 + small);
}
