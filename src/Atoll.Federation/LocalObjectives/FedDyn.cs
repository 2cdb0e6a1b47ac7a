using Atoll.Federation.Kernels;

namespace Atoll.Federation.LocalObjectives;

/// <summary>
/// Dynamic regularization: sites minimize <c>F(w) − ⟨gₖ, w⟩ + (α/2)‖w − w_global‖²</c>, so train on <c>g + α(w − w_global) − gₖ</c>;
/// afterwards <c>gₖ ← gₖ − αΔₖ</c>. The coordinator keeps <c>h ← h − α·share·Δ</c> and moves by <c>Δ − h/α</c>.
/// <c>gₖ</c> is the site's state, <c>h</c> the control, <c>Δₖ</c> the update.
/// </summary>
/// <remarks>
/// Acar et al., 2021, Algorithm 1. <see href="https://arxiv.org/abs/2111.04263"/>
/// <c>h</c> stays the mean of all sites' <c>gₖ</c>. The paper weighs sites equally, and its share is that of the participants among the sites;
/// where updates are weighted by rows, the share is that of the participants' weight, and the optimum that of the weighted loss.
/// </remarks>
public sealed record FedDyn : ILocalObjective
{
    /// <summary>α. The paper tries 0.1, 0.01 and 0.001.</summary>
    public float Alpha { get; init => field = Require.MoreThan(0f, value); } = 0.01f;

    public float Proximal => Alpha;

    public bool KeepsSiteState => true;

    public bool KeepsControl => true;

    public void Drift(ReadOnlySpan<float> siteState, ReadOnlySpan<float> control, Span<float> drift) =>
        System.Numerics.Tensors.TensorPrimitives.Negate(siteState, drift); // −gₖ

    public void Finish(Span<float> siteState, ReadOnlySpan<float> control, ReadOnlySpan<float> update, double effectiveSteps, float learningRate, Span<float> controlChange) =>
        Elementwise.AddScaled(update, -Alpha, siteState); // gₖ ← gₖ − αΔₖ

    public void Combine(Span<float> control, ReadOnlySpan<float> meanControlChange, Span<float> meanUpdate, double shareOfSites, double shareOfWeight)
    {
        Elementwise.AddScaled(meanUpdate, (float)(-Alpha * shareOfWeight), control); // h ← h − α·share·Δ
        Elementwise.AddScaled(control, -1 / Alpha, meanUpdate);                      // Δ ← Δ − h/α
    }
}
