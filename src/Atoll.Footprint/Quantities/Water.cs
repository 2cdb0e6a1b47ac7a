namespace Atoll.Footprint.Quantities;

/// <summary>In litres.</summary>
public sealed class Water : IDimension<Water>
{
    public static readonly Unit<Water> Litre = new("L", 1) { Aliases = ["l", "litres"] };
    public static readonly Unit<Water> Millilitre = new("mL", 1e-3) { Aliases = ["ml"] };
    public static readonly Unit<Water> CubicMetre = new("m3", 1e3) { Aliases = ["m³"] };
    public static readonly Unit<Water> Megalitre = new("ML", 1e6) { IsPrinted = false };

    private Water()
    {
    }

    public static string Phrase => "a volume of water";

    public static IReadOnlyList<Unit<Water>> Units { get; } = [Litre, Millilitre, CubicMetre, Megalitre];
}
