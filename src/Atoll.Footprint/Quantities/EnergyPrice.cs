namespace Atoll.Footprint.Quantities;

/// <summary>In US dollars per kilowatt-hour.</summary>
public sealed class EnergyPrice : IDimension<EnergyPrice>
{
    public static readonly Unit<EnergyPrice> DollarPerKilowattHour = new("$/kWh", 1) { Aliases = ["USD/kWh"] };
    public static readonly Unit<EnergyPrice> DollarPerMegawattHour = new("$/MWh", 1e-3) { Aliases = ["USD/MWh"], IsPrinted = false };

    private EnergyPrice()
    {
    }

    public static string Phrase => "a price of energy";

    public static IReadOnlyList<Unit<EnergyPrice>> Units { get; } = [DollarPerKilowattHour, DollarPerMegawattHour];
}
