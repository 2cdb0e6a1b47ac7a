namespace Atoll.Federation.LocalObjectives;

/// <summary>The site's loss and a pull back: <c>F(w) + (μ/2)‖w − w_global‖²</c>, so <c>g + μ(w − w_global)</c>.</summary>
/// <remarks>Li et al., 2020, equation 2. <see href="https://arxiv.org/abs/1812.06127"/></remarks>
public sealed record FedProx : ILocalObjective
{
    /// <summary>μ. The paper tries 0.001, 0.01, 0.1 and 1; at 0 nothing is left of it but FedAvg.</summary>
    public required float Mu { get; init => field = Require.AtLeast(0f, value); }

    public float Proximal => Mu;
}
