namespace Atoll.Footprint.Quantities;

/// <summary>In US dollars per hour.</summary>
public sealed class HourlyPrice : IDimension<HourlyPrice>
{
    public static readonly Unit<HourlyPrice> DollarPerHour = new("$/h", 1) { Aliases = ["USD/h", "$/hour"] };
    public static readonly Unit<HourlyPrice> DollarPerDay = new("$/d", 1.0/24) { Aliases = ["$/day"], IsPrinted = false };
    public static readonly Unit<HourlyPrice> DollarPerMonth = new("$/month", 1.0/730.5) { Aliases = ["USD/month"], IsPrinted = false };
    public static readonly Unit<HourlyPrice> DollarPerYear = new("$/y", 1.0/8766) { Aliases = ["$/year", "USD/y"], IsPrinted = false };

    private HourlyPrice()
    {
    }

    public static string Phrase => "a price per hour";

    public static IReadOnlyList<Unit<HourlyPrice>> Units { get; } = [DollarPerHour, DollarPerDay, DollarPerMonth, DollarPerYear];
}
