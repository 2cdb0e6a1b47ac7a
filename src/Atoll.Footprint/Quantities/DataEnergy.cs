namespace Atoll.Footprint.Quantities;

/// <summary>In kilowatt-hours per gigabyte (10⁹ bytes).</summary>
public sealed class DataEnergy : IDimension<DataEnergy>
{
    public static readonly Unit<DataEnergy> KilowattHourPerGigabyte = new("kWh/GB", 1);
    public static readonly Unit<DataEnergy> WattHourPerGigabyte = new("Wh/GB", 1e-3) { IsPrinted = false };
    public static readonly Unit<DataEnergy> JoulePerBit = new("J/bit", 8e9/3.6e6) { IsPrinted = false };

    private DataEnergy()
    {
    }

    public static string Phrase => "an energy per data";

    public static IReadOnlyList<Unit<DataEnergy>> Units { get; } = [KilowattHourPerGigabyte, WattHourPerGigabyte, JoulePerBit];
}
