namespace Atoll.Learning.Optimizers;
public sealed record Adam : IOptimizer
{
    public required float LearningRate { get; init => field = Require.MoreThan(0f, value); }
    public ISchedule Schedule { get; init; } = new Constant();
    public OptimizerState Init(int dimension) => throw new NotImplementedException();
    public void Step(OptimizerState state, float learningRate, Span<float> gradient, Span<float> weights) => throw new NotImplementedException();
}
