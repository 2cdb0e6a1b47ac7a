using Atoll.Learning.Kernels;

namespace Atoll.Learning.Optimizers;

/// <summary>
/// Stochastic gradient descent: <c>g ← g + λw</c>, <c>v ← ρv + g</c>, <c>w ← w − ηv</c> (Nesterov: <c>w ← w − η(g + ρv)</c>).
/// </summary>
/// <remarks>Sutskever et al., 2013, in the form that PyTorch uses. <see href="https://proceedings.mlr.press/v28/sutskever13.html"/></remarks>
public sealed record Sgd : IOptimizer
{
    /// <summary>The step size, before the schedule.</summary>
    public required float LearningRate { get; init => field = Require.MoreThan(0f, value); }

    /// <summary><c>ρ</c>, in [0, 1).</summary>
    public float Momentum { get; init => field = Require.InRange(value, 0f, 1f); }

    /// <summary>Looks ahead along the momentum. Needs <see cref="Momentum"/>.</summary>
    public bool Nesterov { get; init; }

    /// <summary><c>λ</c>, added to the gradient (L2).</summary>
    public float WeightDecay { get; init => field = Require.AtLeast(0f, value); }

    /// <summary>How the learning rate changes from round to round.</summary>
    public ISchedule Schedule { get; init; } = new Constant();

    /// <exception cref="InvalidOperationException">Nesterov without momentum.</exception>
    public OptimizerState Init(int dimension)
    {
        Require.That(!Nesterov || Momentum > 0, $"Nesterov's step needs a momentum above 0, but it is {Momentum}.");
        return new(Momentum > 0 ? new float[dimension] : [], []);
    }

    public void Step(OptimizerState state, float learningRate, Span<float> gradient, Span<float> weights)
    {
        if (WeightDecay > 0)
        {
            Elementwise.MultiplyAdd(WeightDecay, weights, gradient); // g ← g + λw
        }
        if (Momentum > 0)
        {
            Elementwise.ScaleAdd(Momentum, gradient, state.First); // v ← ρv + g
            if (Nesterov)
            {
                Elementwise.MultiplyAdd(Momentum, state.First, gradient); // g ← g + ρv
            }
            else
            {
                gradient = state.First;
            }
        }
        Elementwise.MultiplyAdd(-learningRate, gradient, weights); // w ← w − ηg
        state.Steps++;
    }
}
