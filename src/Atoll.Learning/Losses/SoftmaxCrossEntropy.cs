using System.Runtime.Intrinsics;
using Atoll.Learning.Kernels;

namespace Atoll.Learning.Losses;

/// <summary><c>−log softmax(z)[target]</c> over several classes; gradient <c>softmax(z) − onehot</c>.</summary>
public sealed class SoftmaxCrossEntropy(int classes) : Loss
{
    public override int Outputs { get; } = Require.AtLeast(2, classes, nameof(classes));

    public override long Flops => 12L * Outputs;

    public override double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
    {
        double total = 0;
        float share = 1f / targets.Length;
        Span<float> e = Outputs <= 256 ? stackalloc float[Outputs] : new float[Outputs];
        for (int row = 0; row < targets.Length; row++)
        {
            var z = outputs.Slice(row * Outputs, Outputs);
            int target = (int)targets[row];
            (float largest, float sum) = Exponentials(z, e);
            total += (double)VectorMath.Log(sum) - (z[target] - largest);
            if (!gradient.IsEmpty)
            {
                var g = gradient.Slice(row * Outputs, Outputs);
                float scale = share / sum;
                for (int c = 0; c < Outputs; c++)
                {
                    g[c] = e[c] * scale - (c == target ? share : 0);
                }
            }
        }
        return total;
    }

    public override void Predict(Span<float> outputs)
    {
        for (int at = 0; at < outputs.Length; at += Outputs)
        {
            var z = outputs.Slice(at, Outputs);
            float sum = Exponentials(z, z).Sum;
            foreach (ref float p in z)
            {
                p /= sum;
            }
        }
    }

    /// <summary>e ← exp(z − max z), and their sum.</summary>
    private static (float Largest, float Sum) Exponentials(ReadOnlySpan<float> z, Span<float> e)
    {
        float largest = z[0], sum = 0;
        foreach (float value in z)
        {
            largest = value > largest || float.IsNaN(value) ? value : largest;
        }
        for (int c = 0; c < z.Length; c++)
        {
            e[c] = z[c] - largest;
        }
        Elementwise.Map<Exponential>(e, e);
        foreach (float value in e)
        {
            sum += value;
        }
        return (largest, sum);
    }

    private readonly struct Exponential : IFunction
    {
        public static Vector256<float> Of(Vector256<float> x) => VectorMath.Exp(x);
    }
}
