using Atoll.Federation.Kernels;

namespace Atoll.Federation.ServerOptimizers;

/// <summary>
/// FedAdam: <c>m ← β₁m + (1−β₁)Δ</c>, <c>v ← β₂v + (1−β₂)Δ²</c>, <c>w ← w + η m/(√v + τ)</c>, from <c>m = 0</c>, <c>v = τ²</c>; no bias correction.
/// </summary>
/// <remarks>
/// Reddi et al., 2021, Algorithm 2. <see href="https://arxiv.org/abs/2003.00295"/>
/// Momenta 0.9 and 0.99 and τ = 10⁻³ are the paper's. The paper tunes the learning rate for each task, so it has no default here.
/// </remarks>
public sealed record FedAdam : IServerOptimizer
{
    /// <summary>The step size on the averaged update.</summary>
    public required float LearningRate { get; init => field = Require.MoreThan(0f, value); }

    /// <summary>Share of the first moment that is kept at each step, in [0, 1).</summary>
    public float Beta1 { get; init => field = Require.InRange(value, 0f, 1f); } = 0.9f;

    /// <summary>Share of the second moment that is kept at each step, in [0, 1).</summary>
    public float Beta2 { get; init => field = Require.InRange(value, 0f, 1f); } = 0.99f;

    /// <summary>The least denominator: the smaller, the more each parameter's step adapts.</summary>
    public float Tau { get; init => field = Require.MoreThan(0f, value); } = 1e-3f;

    public ServerOptimizerState Init(int dimension) => ServerOptimizerState.Adaptive(dimension, Tau);

    public void Step(ServerOptimizerState state, ReadOnlySpan<float> update, Span<float> weights)
    {
        (float[] m, float[] v) = (state.Momentum, state.SecondMoment);

        Elementwise.Blend(update, 1 - Beta1, Beta1, m);                   // m ← β₁m + (1−β₁)Δ
        Elementwise.BlendSquare(update, 1 - Beta2, Beta2, v);             // v ← β₂v + (1−β₂)Δ²
        Elementwise.AddNormalized(m, v, LearningRate, Tau, weights);      // w ← w + η m/(√v + τ)
    }
}
