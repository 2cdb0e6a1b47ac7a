using System.Numerics;
using System.Runtime.InteropServices;

namespace Atoll.Federation.LocalObjectives;

/// <summary>What a local objective does to each gradient: <c>g ← (g + drift) + μ(w − w_global)</c>, in this order, each operation rounded once.</summary>
public static class GradientCorrection
{
    /// <param name="drift">Empty when there is none.</param>
    /// <param name="proximal">μ; with 0 the weights are not looked at.</param>
    public static void Apply(Span<float> gradient, ReadOnlySpan<float> weights, ReadOnlySpan<float> globalWeights, ReadOnlySpan<float> drift, float proximal)
    {
        int n = gradient.Length;
        Require.That(weights.Length == n && globalWeights.Length == n && (drift.IsEmpty || drift.Length == n),
            $"Gradient, weights, global weights and drift must have the same length, but have {n}, {weights.Length}, {globalWeights.Length} and {drift.Length}.");
        if (!drift.IsEmpty)
        {
            Kernels.Elementwise.AddScaled(drift, 1, gradient);
        }
        if (proximal > 0)
        {
            Pull(gradient, weights, globalWeights, proximal);
        }
    }

    private static void Pull(Span<float> gradient, ReadOnlySpan<float> weights, ReadOnlySpan<float> globalWeights, float proximal)
    {
        ref float g = ref MemoryMarshal.GetReference(gradient), w = ref MemoryMarshal.GetReference(weights), w0 = ref MemoryMarshal.GetReference(globalWeights);
        Vector<float> mu = new(proximal);
        int i = 0;
        for (; i <= gradient.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var apart = Vector.LoadUnsafe(ref w, (nuint)i) - Vector.LoadUnsafe(ref w0, (nuint)i);
            (Vector.LoadUnsafe(ref g, (nuint)i) + apart * mu).StoreUnsafe(ref g, (nuint)i);
        }
        for (; i < gradient.Length; i++)
        {
            gradient[i] += (weights[i] - globalWeights[i]) * proximal;
        }
    }
}
