using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Atoll.Learning.Kernels;

namespace Atoll.Learning.Optimizers;

/// <summary>The step that Adam and AdamW share.</summary>
internal static class AdamStep
{
    private const int Width = 8;

    public static void Take(OptimizerState state, float learningRate, float beta1, float beta2, float epsilon, ReadOnlySpan<float> gradient, Span<float> weights)
    {
        Elementwise.Same(gradient.Length, weights.Length);
        Elementwise.Same(gradient.Length, state.First.Length);
        Elementwise.Same(gradient.Length, state.Second.Length);
        state.Steps++;
        double correction1 = 1 - ExponentialDecay.Power(beta1, state.Steps), correction2 = 1 - ExponentialDecay.Power(beta2, state.Steps);
        Step step = new(beta1, beta2, (float)(learningRate / correction1), (float)(1 / Math.Sqrt(correction2)), epsilon);

        ref float pg = ref MemoryMarshal.GetReference(gradient), pw = ref MemoryMarshal.GetReference(weights);
        ref float pm = ref MemoryMarshal.GetArrayDataReference(state.First), pv = ref MemoryMarshal.GetArrayDataReference(state.Second);
        int i = 0;
        for (; i <= gradient.Length - Width; i += Width)
        {
            step.Apply(ref pg, ref pm, ref pv, ref pw, i);
        }
        if (i < gradient.Length)
        {
            Span<float> g = stackalloc float[Width], m = stackalloc float[Width], v = stackalloc float[Width], w = stackalloc float[Width];
            gradient[i..].CopyTo(g);
            state.First.AsSpan(i).CopyTo(m);
            state.Second.AsSpan(i).CopyTo(v);
            weights[i..].CopyTo(w);
            step.Apply(ref g[0], ref m[0], ref v[0], ref w[0], 0);
            int rest = gradient.Length - i;
            m[..rest].CopyTo(state.First.AsSpan(i));
            v[..rest].CopyTo(state.Second.AsSpan(i));
            w[..rest].CopyTo(weights[i..]);
        }
    }

    private readonly struct Step(float beta1, float beta2, float stepSize, float scale, float epsilon)
    {
        private readonly Vector256<float> _beta1 = Vector256.Create(beta1), _rest1 = Vector256.Create(1 - beta1);
        private readonly Vector256<float> _beta2 = Vector256.Create(beta2), _rest2 = Vector256.Create(1 - beta2);
        private readonly Vector256<float> _step = Vector256.Create(stepSize), _scale = Vector256.Create(scale), _epsilon = Vector256.Create(epsilon);

        public void Apply(ref float gradient, ref float first, ref float second, ref float weights, int i)
        {
            var g = Vector256.LoadUnsafe(ref gradient, (nuint)i);
            var m = Vector256.FusedMultiplyAdd(_beta1, Vector256.LoadUnsafe(ref first, (nuint)i), _rest1 * g);
            var v = Vector256.FusedMultiplyAdd(_beta2, Vector256.LoadUnsafe(ref second, (nuint)i), _rest2 * g * g);
            m.StoreUnsafe(ref first, (nuint)i);
            v.StoreUnsafe(ref second, (nuint)i);
            var w = Vector256.LoadUnsafe(ref weights, (nuint)i);
            (w - _step * (m / (Vector256.Sqrt(v) * _scale + _epsilon))).StoreUnsafe(ref weights, (nuint)i);
        }
    }
}
