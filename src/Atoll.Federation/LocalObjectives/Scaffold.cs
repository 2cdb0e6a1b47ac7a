using System.Numerics.Tensors;

namespace Atoll.Federation.LocalObjectives;

/// <summary>
/// Control variates against drift: sites train on <c>g − cᵢ + c</c>; afterwards <c>cᵢ⁺ = cᵢ − c + (x − y)/(Kη)</c>, and at the
/// coordinator <c>c ← c + (|S|/N) · mean(cᵢ⁺ − cᵢ)</c>. <c>cᵢ</c> is the site's state, <c>c</c> the control, <c>y − x</c> the update.
/// </summary>
/// <remarks>
/// Karimireddy et al., 2020, Algorithm 1, option II. <see href="https://arxiv.org/abs/1910.06378"/>
/// <c>K</c> is the number of plain steps the update is worth: the paper's own count for the paper's plain SGD. With momentum each gradient, and the
/// correction with it, moves the weights <c>1/(1−ρ)</c> times as far in the end, so that counting steps only would overestimate <c>cᵢ</c> as much.
/// <c>c</c> is the plain mean, as in the paper, whose goal is the plain mean of the sites' losses: also where updates are averaged by rows, that is the optimum
/// it leads to.
/// </remarks>
public sealed record Scaffold : ILocalObjective
{
    public bool KeepsSiteState => true;

    public bool KeepsControl => true;

    public bool ExchangesControl => true;

    public void Drift(ReadOnlySpan<float> siteState, ReadOnlySpan<float> control, Span<float> drift) =>
        TensorPrimitives.Subtract(control, siteState, drift); // c − cᵢ

    public void Finish(Span<float> siteState, ReadOnlySpan<float> control, ReadOnlySpan<float> update, double effectiveSteps, float learningRate, Span<float> controlChange)
    {
        float scale = (float)-(Require.MoreThan(0.0, effectiveSteps, nameof(effectiveSteps)) * Require.MoreThan(0f, learningRate, nameof(learningRate)));

        TensorPrimitives.Divide(update, scale, controlChange);                // (x − y)/(Kη)
        TensorPrimitives.Subtract(controlChange, control, controlChange);     // cᵢ⁺ − cᵢ = (x − y)/(Kη) − c
        TensorPrimitives.Add(siteState, controlChange, siteState);
    }

    public void Combine(Span<float> control, ReadOnlySpan<float> meanControlChange, Span<float> meanUpdate, double shareOfSites, double shareOfWeight) =>
        Kernels.Elementwise.AddScaled(meanControlChange, (float)shareOfSites, control); // c ← c + (|S|/N) mean Δc
}
