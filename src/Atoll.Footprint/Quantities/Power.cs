namespace Atoll.Footprint.Quantities;

/// <summary>In watts.</summary>
public sealed class Power : IDimension<Power>
{
    public static readonly Unit<Power> Watt = new("W", 1);
    public static readonly Unit<Power> Milliwatt = new("mW", 1e-3);
    public static readonly Unit<Power> Kilowatt = new("kW", 1e3);
    public static readonly Unit<Power> Megawatt = new("MW", 1e6);
    public static readonly Unit<Power> Gigawatt = new("GW", 1e9);

    private Power()
    {
    }

    public static string Phrase => "a power";

    public static IReadOnlyList<Unit<Power>> Units { get; } = [Watt, Milliwatt, Kilowatt, Megawatt, Gigawatt];
}
