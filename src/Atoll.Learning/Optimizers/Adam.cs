using Atoll.Learning.Kernels;

namespace Atoll.Learning.Optimizers;

/// <summary>
/// Adam: <c>m ← β₁m + (1−β₁)g</c>, <c>v ← β₂v + (1−β₂)g²</c>, <c>w ← w − η m̂/(√v̂ + ε)</c>, where the hats divide by <c>1 − βᵗ</c>.
/// Weight decay is added to the gradient.
/// </summary>
/// <remarks>Kingma, Ba, 2015, Algorithm 1. <see href="https://arxiv.org/abs/1412.6980"/></remarks>
public sealed record Adam : IOptimizer
{
    /// <summary>The step size, before the schedule.</summary>
    public required float LearningRate { get; init => field = Require.MoreThan(0f, value); }

    /// <summary>Share of the first moment that is kept at each step, in [0, 1).</summary>
    public float Beta1 { get; init => field = Require.InRange(value, 0f, 1f); } = 0.9f;

    /// <summary>Share of the second moment that is kept at each step, in [0, 1).</summary>
    public float Beta2 { get; init => field = Require.InRange(value, 0f, 1f); } = 0.999f;

    /// <summary>Keeps the step finite where the second moment is near zero.</summary>
    public float Epsilon { get; init => field = Require.MoreThan(0f, value); } = 1e-8f;

    /// <summary>Added to the gradient (L2).</summary>
    public float WeightDecay { get; init => field = Require.AtLeast(0f, value); }

    /// <summary>How the learning rate changes from round to round.</summary>
    public ISchedule Schedule { get; init; } = new Constant();

    public OptimizerState Init(int dimension) => new(new float[dimension], new float[dimension]);

    public void Step(OptimizerState state, float learningRate, Span<float> gradient, Span<float> weights)
    {
        if (WeightDecay > 0)
        {
            Elementwise.MultiplyAdd(WeightDecay, weights, gradient);
        }
        AdamStep.Take(state, learningRate, Beta1, Beta2, Epsilon, gradient, weights);
    }
}
