namespace Atoll.Footprint.Quantities;

/// <summary>In US dollars per metre.</summary>
public sealed class DistancePrice : IDimension<DistancePrice>
{
    public static readonly Unit<DistancePrice> DollarPerMetre = new("$/m", 1) { Aliases = ["USD/m"] };
    public static readonly Unit<DistancePrice> DollarPerFoot = new("$/ft", 1/0.3048) { Aliases = ["USD/ft"] };
    public static readonly Unit<DistancePrice> DollarPerKilometre = new("$/km", 1e-3) { Aliases = ["USD/km"], IsPrinted = false };
    public static readonly Unit<DistancePrice> DollarPerMile = new("$/mi", 1/1609.344) { Aliases = ["$/mile"], IsPrinted = false };

    private DistancePrice()
    {
    }

    public static string Phrase => "a price per distance";

    public static IReadOnlyList<Unit<DistancePrice>> Units { get; } = [DollarPerMetre, DollarPerFoot, DollarPerKilometre, DollarPerMile];
}
