using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Accounting;

/// <summary>What carrying data costs where the line is another's.</summary>
public static class NetworkCost
{
    /// <summary>Prices for a month are for a mean one, 365.25 days / 12 = 730.5 hours.</summary>
    private static readonly Quantity<Time> Month = 730.5 * Time.Hour;

    /// <summary><c>data × $/GB</c>: what clouds take for data that leaves them.</summary>
    public static Quantity<Money> Egress(Quantity<Data> data, Quantity<DataPrice> price) => data * price;

    /// <summary><c>Mbit/s × $ per Mbit/s and month × months</c>: bandwidth that is held for a time, used or not.</summary>
    public static Quantity<Money> Transit(Quantity<Bandwidth> bandwidth, Quantity<BandwidthPrice> price, Quantity<Time> time) =>
        new(bandwidth.In(Bandwidth.MegabitPerSecond) * price.Value * (time / Month));

    /// <summary><c>time × price</c> of a line.</summary>
    public static Quantity<Money> Lease(Quantity<Time> time, Quantity<HourlyPrice> price) => time * price;
}
