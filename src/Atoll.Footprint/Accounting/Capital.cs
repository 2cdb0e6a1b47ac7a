using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Accounting;

/// <summary>What something bought costs a stretch of its life: straight-line, without interest.</summary>
public static class Capital
{
    /// <summary><c>capital × time / lifetime</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is not above zero.</exception>
    public static Quantity<Money> Share(Quantity<Money> capital, Quantity<Time> time, Quantity<Time> lifetime) =>
        capital * (time / new Quantity<Time>(Require.MoreThan(0, lifetime.Value, nameof(lifetime))));

    /// <summary>Of building fibre: <c>km × 3,280.84 ft/km × $/ft</c>, as surveys price it (Fiber Broadband Association and Cartesian, by foot of route).</summary>
    public static Quantity<Money> Fibre(Quantity<Distance> route, Quantity<DistancePrice> price) => route * price;
}
