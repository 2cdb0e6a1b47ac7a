using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Accounting;

/// <summary>A step in which sites compute apart and then wait for each other's updates.</summary>
public static class OuterStep
{
    /// <summary><c>t_compute / (t_compute + t_sync)</c>: the share of the time in which chips compute, where nothing of the exchange is hidden behind computing.</summary>
    /// <remarks>So counted by INTELLECT-1 (Jaghouar et al., 2024, arXiv 2412.01152).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative, or there is nothing to compute.</exception>
    public static double Utilization(Quantity<Time> compute, Quantity<Time> exchange)
    {
        Require.MoreThan(0, compute.Value, nameof(compute));
        Require.AtLeast(0, exchange.Value, nameof(exchange));
        return compute / (compute + exchange);
    }
}
