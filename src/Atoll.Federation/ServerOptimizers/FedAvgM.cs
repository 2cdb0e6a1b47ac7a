namespace Atoll.Federation.ServerOptimizers;

public sealed record FedAvgM : IServerOptimizer
{
    public float LearningRate { get; init => field = Require.MoreThan(0f, value); } = 1f;
    public ServerOptimizerState Init(int dimension) => throw new NotImplementedException();
    public void Step(ServerOptimizerState state, ReadOnlySpan<float> update, Span<float> weights) => throw new NotImplementedException();
}
