namespace Atoll.Footprint.Quantities;

/// <summary>In US dollars per gigabyte (10⁹ bytes).</summary>
public sealed class DataPrice : IDimension<DataPrice>
{
    public static readonly Unit<DataPrice> DollarPerGigabyte = new("$/GB", 1) { Aliases = ["USD/GB"] };
    public static readonly Unit<DataPrice> DollarPerTerabyte = new("$/TB", 1e-3) { Aliases = ["USD/TB"], IsPrinted = false };

    private DataPrice()
    {
    }

    public static string Phrase => "a price of data";

    public static IReadOnlyList<Unit<DataPrice>> Units { get; } = [DollarPerGigabyte, DollarPerTerabyte];
}
