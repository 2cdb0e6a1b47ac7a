namespace Atoll.Footprint.Quantities;

/// <summary>In US dollars per month for each megabit per second.</summary>
public sealed class BandwidthPrice : IDimension<BandwidthPrice>
{
    public static readonly Unit<BandwidthPrice> DollarPerMegabitPerSecondMonth = new("$/Mbit/s-month", 1) { Aliases = ["$/(Mbit/s)/month", "$/Mbit/s/month", "USD/Mbit/s-month"] };
    public static readonly Unit<BandwidthPrice> DollarPerGigabitPerSecondMonth = new("$/Gbit/s-month", 1e-3) { Aliases = ["$/Gbit/s/month"], IsPrinted = false };

    private BandwidthPrice()
    {
    }

    public static string Phrase => "a price of bandwidth";

    public static IReadOnlyList<Unit<BandwidthPrice>> Units { get; } = [DollarPerMegabitPerSecondMonth, DollarPerGigabitPerSecondMonth];
}
