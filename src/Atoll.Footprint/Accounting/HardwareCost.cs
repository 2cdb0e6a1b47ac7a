using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Accounting;

/// <summary>What having the hardware for a time costs.</summary>
public static class HardwareCost
{
    /// <summary><c>count × hours × price</c>.</summary>
    public static Quantity<Money> Rented(double count, Quantity<Time> time, Quantity<HourlyPrice> price) => time * price * count;

    /// <summary>Straight-line: <c>count × purchase × time / lifetime</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is not above zero.</exception>
    public static Quantity<Money> Owned(double count, Quantity<Money> purchase, Quantity<Time> time, Quantity<Time> lifetime) =>
        Capital.Share(purchase * count, time, lifetime);

    /// <summary><c>E × tariff</c> of all that is taken from the grid: overhead included. Rented hardware has it in its price.</summary>
    public static Quantity<Money> Electricity(Quantity<Energy> energy, Quantity<EnergyPrice> tariff) => energy * tariff;

    /// <summary>Money for each 10¹⁸ operations that the work needed; not those of hardware that waited.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No work was done.</exception>
    public static Quantity<Money> PerExaflop(Quantity<Money> cost, Quantity<Computation> work) =>
        cost / new Quantity<Computation>(Require.MoreThan(0, work.Value, nameof(work))).In(Computation.Exaflop);
}
