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
            (float largest, float sum, float rest) = gradient.IsEmpty ? Sum(z) : Exponentials(z, e);
            total += (double)VectorMath.Log1p(rest) - (z[target] - largest);
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
    private static Sums Exponentials(ReadOnlySpan<float> z, Span<float> e)
    {
        int at = Largest(z);
        return Exponentials(z, at, e, new(z[at], 0, 0));
    }

    /// <summary>The same numbers where nobody wants the exponentials, so that any number of classes needs no buffer.</summary>
    private static Sums Sum(ReadOnlySpan<float> z)
    {
        Span<float> some = stackalloc float[64];
        int largest = Largest(z);
        Sums sums = new(z[largest], 0, 0);
        for (int at = 0; at < z.Length; at += some.Length)
        {
            var part = z.Slice(at, Math.Min(some.Length, z.Length - at));
            sums = Exponentials(part, largest - at, some[..part.Length], sums);
        }
        return sums;
    }

    /// <param name="largest">Where the largest of all stands, which may be outside this part.</param>
    private static Sums Exponentials(ReadOnlySpan<float> z, int largest, Span<float> e, Sums before)
    {
        for (int c = 0; c < z.Length; c++)
        {
            e[c] = z[c] - before.Largest;
        }
        Elementwise.Map<Exponential>(e, e);
        (float sum, float rest) = (before.Sum, before.Rest);
        for (int c = 0; c < e.Length; c++)
        {
            sum += e[c];
            rest += c == largest ? 0 : e[c];
        }
        return new(before.Largest, sum, rest);
    }

    /// <summary>Where the first of the largest numbers stands, or the last NaN.</summary>
    private static int Largest(ReadOnlySpan<float> z)
    {
        int largest = 0;
        for (int c = 1; c < z.Length; c++)
        {
            largest = z[c] > z[largest] || float.IsNaN(z[c]) ? c : largest;
        }
        return largest;
    }

    /// <summary>The largest output; the sum of all exp(z − largest); and without the largest's own 1, beside which small ones vanish.</summary>
    private readonly record struct Sums(float Largest, float Sum, float Rest);

    private readonly struct Exponential : IFunction
    {
        public static Vector256<float> Of(Vector256<float> x) => VectorMath.Exp(x);
    }
}
