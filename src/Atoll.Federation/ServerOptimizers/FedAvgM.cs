using Atoll.Federation.Kernels;

namespace Atoll.Federation.ServerOptimizers;

/// <summary>Federated averaging with server momentum: <c>v ← βv + Δ</c>, <c>w ← w + ηv</c>.</summary>
/// <remarks>Hsu, Qi, Brown, 2019, section 4.3. <see href="https://arxiv.org/abs/1909.06335"/></remarks>
public sealed record FedAvgM : IServerOptimizer
{
    /// <summary>The step size on the averaged update; 1 takes it as it is.</summary>
    public float LearningRate { get; init => field = Require.MoreThan(0f, value); } = 1f;

    /// <summary>β, in [0, 1).</summary>
    public float Momentum { get; init => field = Require.InRange(value, 0f, 1f); } = 0.9f;

    public ServerOptimizerState Init(int dimension) => new(new float[dimension], []);

    public void Step(ServerOptimizerState state, ReadOnlySpan<float> update, Span<float> weights)
    {
        Elementwise.Blend(update, 1, Momentum, state.Momentum);               // v ← βv + Δ
        Elementwise.AddScaled(state.Momentum, LearningRate, weights);         // w ← w + ηv
    }
}
