using System.Text.Json.Serialization;

namespace Atoll.Federation.LocalObjectives;

/// <summary>
/// What a site minimizes besides its own loss. Each training step uses the gradient
/// <c>g + μ(w − w_global) + drift</c>, where <c>μ</c> is <see cref="Proximal"/> and <c>drift</c> is fixed for the round.
/// </summary>
/// <remarks>Pure: what is remembered is passed in. Safe to call from any thread, on vectors of its own.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Plain), "plain")]
[JsonDerivedType(typeof(FedProx), "fed-prox")]
[JsonDerivedType(typeof(Scaffold), "scaffold")]
[JsonDerivedType(typeof(FedDyn), "fed-dyn")]
public interface ILocalObjective
{
    /// <summary>The factor of the pull towards the global weights.</summary>
    float Proximal => 0;

    /// <summary>Whether each site keeps a vector of the model's length between rounds (zero at first).</summary>
    bool KeepsSiteState => false;

    /// <summary>Whether the coordinator keeps a vector of the model's length between rounds (zero at first).</summary>
    bool KeepsControl => false;

    /// <summary>Whether that vector is sent to the sites with the model, and each site sends a change of it back with its update.</summary>
    bool ExchangesControl => false;

    /// <summary>Writes the round's constant addition to the gradient. Called when <see cref="KeepsSiteState"/>.</summary>
    void Drift(ReadOnlySpan<float> siteState, ReadOnlySpan<float> control, Span<float> drift) { }

    /// <summary>
    /// After local training: renews the site's state and writes the change of control it sends (when <see cref="ExchangesControl"/>).
    /// Called when <see cref="KeepsSiteState"/>.
    /// </summary>
    /// <param name="update">Local minus global weights.</param>
    /// <param name="effectiveSteps">
    /// How many plain gradient steps the training was worth: its number of steps, or more with momentum
    /// (<see cref="Aggregation.FedNova.EffectiveSteps"/>).
    /// </param>
    /// <param name="learningRate">The rate that was trained with, the schedule applied.</param>
    void Finish(Span<float> siteState, ReadOnlySpan<float> control, ReadOnlySpan<float> update, double effectiveSteps, float learningRate, Span<float> controlChange) { }

    /// <summary>
    /// At the coordinator, after averaging: renews the control and may change the round's averaged update.
    /// Called when <see cref="KeepsControl"/>.
    /// </summary>
    /// <param name="meanControlChange">Unweighted mean over the participants; empty unless <see cref="ExchangesControl"/>.</param>
    /// <param name="meanUpdate">The averaged update, changed in place where the algorithm says so.</param>
    /// <param name="shareOfSites">Participants over all sites, in (0, 1].</param>
    /// <param name="shareOfWeight">The participants' weight over all sites' weight, in (0, 1].</param>
    void Combine(Span<float> control, ReadOnlySpan<float> meanControlChange, Span<float> meanUpdate, double shareOfSites, double shareOfWeight) { }
}
