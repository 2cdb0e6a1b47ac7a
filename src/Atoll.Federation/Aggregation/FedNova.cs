namespace Atoll.Federation.Aggregation;

/// <summary>
/// Normalized averaging, for sites that take different numbers of steps: <c>Δ = τ Σₖ pₖ Δₖ/‖aₖ‖₁</c>, <c>τ = Σₖ pₖ‖aₖ‖₁</c>.
/// </summary>
/// <remarks>Wang et al., 2020, equation 7 and section 4. <see href="https://arxiv.org/abs/2007.07481"/></remarks>
public sealed record FedNova : IAggregation
{
    public long Weight(long rows) => rows;

    public double Normalizer(double effectiveSteps) => Require.MoreThan(0.0, effectiveSteps);

    /// <summary>
    /// <c>‖a‖₁</c>: how many plain gradient steps a site's local training is worth; what its update would be, in units of <c>−η</c>,
    /// if every gradient of its loss were 1.
    /// </summary>
    /// <remarks>
    /// One recursion, of the training step itself, gives all the paper's cases: <c>b ← ρb + 1 − ημs</c>, <c>s ← s + b</c>.
    /// Plain SGD: <c>τ</c>. Momentum: <c>Σⱼ (1 − ρʲ)/(1 − ρ)</c>, <c>j = 1…τ</c>. Proximal: <c>(1 − (1 − ημ)^τ)/(ημ)</c>.
    /// The pull towards the global weights is inside the momentum, as in the training step. With Nesterov's momentum the step is <c>ρb</c> plus
    /// the step's gradient instead of <c>b</c>. The paper has no count for adaptive local optimizers (Adam): theirs is their number of steps.
    /// </remarks>
    public static double EffectiveSteps(int steps, double momentum = 0, double learningRate = 0, double mu = 0, bool nesterov = false)
    {
        Require.AtLeast(1, steps, nameof(steps));
        Require.InRange(momentum, 0.0, 1.0, nameof(momentum));
        double pull = Require.AtLeast(0.0, learningRate, nameof(learningRate)) * Require.AtLeast(0.0, mu, nameof(mu));

        double b = 0, s = 0;
        for (int step = 0; step < steps; step++)
        {
            double gradient = 1 - pull * s;
            b = momentum * b + gradient;
            s += nesterov ? gradient + momentum * b : b;
        }
        return s;
    }
}
