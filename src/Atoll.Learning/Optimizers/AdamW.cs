namespace Atoll.Learning.Optimizers;

/// <summary>
/// AdamW: Adam whose weight decay shrinks the weights themselves, <c>w ← w − ηλw</c>, before the step.
/// </summary>
/// <remarks>Loshchilov, Hutter, 2019, Algorithm 2. <see href="https://arxiv.org/abs/1711.05101"/></remarks>
public sealed record AdamW : IOptimizer
{
    /// <summary>The step size, before the schedule.</summary>
    public required float LearningRate { get; init => field = Require.MoreThan(0f, value); }

    /// <summary>Share of the first moment that is kept at each step, in [0, 1).</summary>
    public float Beta1 { get; init => field = Require.InRange(value, 0f, 1f); } = 0.9f;

    /// <summary>Share of the second moment that is kept at each step, in [0, 1).</summary>
    public float Beta2 { get; init => field = Require.InRange(value, 0f, 1f); } = 0.999f;

    /// <summary>Keeps the step finite where the second moment is near zero.</summary>
    public float Epsilon { get; init => field = Require.MoreThan(0f, value); } = 1e-8f;

    /// <summary><c>λ</c>.</summary>
    public float WeightDecay { get; init => field = Require.AtLeast(0f, value); } = 0.01f;

    /// <summary>How the learning rate changes from round to round.</summary>
    public ISchedule Schedule { get; init; } = new Constant();

    public OptimizerState Init(int dimension) => new(new float[dimension], new float[dimension]);

    public void Step(OptimizerState state, float learningRate, Span<float> gradient, Span<float> weights)
    {
        float keep = 1 - learningRate * WeightDecay;
        foreach (ref float w in weights)
        {
            w *= keep;
        }
        AdamStep.Take(state, learningRate, Beta1, Beta2, Epsilon, gradient, weights);
    }
}
