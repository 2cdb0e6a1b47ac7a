using Atoll.Federation.Kernels;

namespace Atoll.Federation.ServerOptimizers;

/// <summary>The averaged update itself, scaled: <c>w ← w + ηΔ</c>. With <c>η = 1</c> this is federated averaging.</summary>
/// <remarks>Reddi et al., 2021, Algorithm 1 with SGD as server optimizer. <see href="https://arxiv.org/abs/2003.00295"/></remarks>
public sealed record ServerSgd : IServerOptimizer
{
    /// <summary>The step size on the averaged update; 1 takes it as it is.</summary>
    public float LearningRate { get; init => field = Require.MoreThan(0f, value); } = 1f;

    public ServerOptimizerState Init(int dimension) => new([], []);

    public void Step(ServerOptimizerState state, ReadOnlySpan<float> update, Span<float> weights) =>
        Elementwise.AddScaled(update, LearningRate, weights); // w ← w + ηΔ
}
