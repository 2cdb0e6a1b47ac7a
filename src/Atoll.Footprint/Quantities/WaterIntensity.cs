namespace Atoll.Footprint.Quantities;

/// <summary>In litres per kilowatt-hour.</summary>
public sealed class WaterIntensity : IDimension<WaterIntensity>
{
    public static readonly Unit<WaterIntensity> LitrePerKilowattHour = new("L/kWh", 1) { Aliases = ["l/kWh", "m3/MWh"] };

    private WaterIntensity()
    {
    }

    public static string Phrase => "a water intensity";

    public static IReadOnlyList<Unit<WaterIntensity>> Units { get; } = [LitrePerKilowattHour];
}
