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
        for (int row = 0; row < targets.Length; row++)
        {
            var z = outputs.Slice(row * Outputs, Outputs);
            int target = Class(targets[row]);
            var e = gradient.IsEmpty ? default : gradient.Slice(row * Outputs, Outputs);
            (float largest, float sum) = gradient.IsEmpty ? Sum(z) : Exponentials(z, e);
            total += (double)VectorMath.Log(sum) - (z[target] - largest);
            if (!gradient.IsEmpty)
            {
                float scale = share / sum;
                for (int c = 0; c < Outputs; c++)
                {
                    e[c] = e[c] * scale - (c == target ? share : 0);
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

    private int Class(float target)
    {
        Require.That(target >= 0 && target < Outputs && target == MathF.Floor(target), $"A class must be a whole number from 0 to {Outputs - 1}, but was {target}.");
        return (int)target;
    }

    /// <summary>e ← exp(z − max z), and their sum.</summary>
    private static (float Largest, float Sum) Exponentials(ReadOnlySpan<float> z, Span<float> e)
    {
        float largest = Largest(z);
        return (largest, Exponentials(z, largest, e, 0));
    }

    /// <summary>The same numbers where nobody wants the exponentials, so that any number of classes needs no buffer.</summary>
    private static (float Largest, float Sum) Sum(ReadOnlySpan<float> z)
    {
        Span<float> some = stackalloc float[64];
        float largest = Largest(z), sum = 0;
        for (int at = 0; at < z.Length; at += some.Length)
        {
            var part = z.Slice(at, Math.Min(some.Length, z.Length - at));
            sum = Exponentials(part, largest, some[..part.Length], sum);
        }
        return (largest, sum);
    }

    private static float Exponentials(ReadOnlySpan<float> z, float largest, Span<float> e, float sum)
    {
        for (int c = 0; c < z.Length; c++)
        {
            e[c] = z[c] - largest;
        }
        Elementwise.Map<Exponential>(e, e);
        foreach (float value in e)
        {
            sum += value;
        }
        return sum;
    }

    private static float Largest(ReadOnlySpan<float> z)
    {
        float largest = z[0];
        foreach (float value in z)
        {
            largest = value > largest || float.IsNaN(value) ? value : largest;
        }
        return largest;
    }

    private readonly struct Exponential : IFunction
    {
        public static Vector256<float> Of(Vector256<float> x) => VectorMath.Exp(x);
    }
}
