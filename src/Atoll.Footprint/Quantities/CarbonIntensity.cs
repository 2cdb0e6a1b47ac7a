namespace Atoll.Footprint.Quantities;

/// <summary>In grams of CO₂ equivalent per kilowatt-hour.</summary>
public sealed class CarbonIntensity : IDimension<CarbonIntensity>
{
    public static readonly Unit<CarbonIntensity> GramPerKilowattHour = new("g/kWh", 1) { Aliases = ["gCO2e/kWh", "gCO2eq/kWh", "gCO2/kWh", "kg/MWh"] };
    public static readonly Unit<CarbonIntensity> KilogramPerKilowattHour = new("kg/kWh", 1e3) { Aliases = ["t/MWh", "kgCO2e/kWh", "kgCO2/kWh", "tCO2e/MWh"], IsPrinted = false };
    public static readonly Unit<CarbonIntensity> PoundPerKilowattHour = new("lb/kWh", 453.59237) { Aliases = ["lbs/kWh"], IsPrinted = false };
    public static readonly Unit<CarbonIntensity> PoundPerMegawattHour = new("lb/MWh", 0.45359237) { Aliases = ["lbs/MWh"], IsPrinted = false };

    private CarbonIntensity()
    {
    }

    public static string Phrase => "a carbon intensity";

    public static IReadOnlyList<Unit<CarbonIntensity>> Units { get; } = [GramPerKilowattHour, KilogramPerKilowattHour, PoundPerKilowattHour, PoundPerMegawattHour];
}
