using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Accounting;

/// <summary>The part of the emissions of making hardware (Scope 3) that a stretch of its use answers for.</summary>
/// <remarks>
/// Luccioni, Viguier and Ligozat (2022), BLOOM, arXiv 2211.02001, and <c>M = TE × (TiR/EL) × (RR/ToR)</c> of SCI (ISO/IEC 21031:2024) are the same rule: the first
/// divides by the hours that a device is used, the second by its share that is reserved.
/// Counted once for a machine, whatever number of processes ran on it.
/// </remarks>
public static class EmbodiedCarbon
{
    /// <summary><c>M = TE × t / (lifetime × use) × share</c>.</summary>
    /// <param name="total">TE, of making the whole device.</param>
    /// <param name="time">TiR, for which it was reserved.</param>
    /// <param name="lifetime">EL, from first to last day of service.</param>
    /// <param name="use">Share of its lifetime in which the device works for anyone (BLOOM: 0.85), so that what stands idle is borne by what runs. SCI has no such factor: 1.</param>
    /// <param name="share">RR/ToR, of the device that was reserved.</param>
    /// <exception cref="ArgumentOutOfRangeException">A lifetime not above zero; a share not above 0 and at most 1.</exception>
    public static Quantity<Carbon> Of(Quantity<Carbon> total, Quantity<Time> time, Quantity<Time> lifetime, double use = 1, double share = 1)
    {
        Require.MoreThan(0, lifetime.Value, nameof(lifetime));
        return total * (time / lifetime / Require.Share(use, nameof(use)) * Require.Share(share, nameof(share)));
    }
}
