namespace Atoll.Planning.Arms;

/// <summary>How the time of communication is computed.</summary>
public enum ExchangeTiming
{
    /// <summary>Layers queue on the links behind the computing of each step (Douillard et al. 2025).</summary>
    Queue,

    /// <summary>The closed forms of "Scaling Laws for DiLoCo": nothing hides behind computing, and averaging inside a site takes time too, over its <c>interconnect</c>.</summary>
    Idealized,
}
