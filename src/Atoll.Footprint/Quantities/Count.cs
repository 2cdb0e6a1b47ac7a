namespace Atoll.Footprint.Quantities;

/// <summary>A plain number; k, M, B and T stand for thousands, millions, billions and trillions.</summary>
public sealed class Count : IDimension<Count>
{
    public static readonly Unit<Count> One = new("", 1);
    public static readonly Unit<Count> Thousand = new("k", 1e3) { Aliases = ["K"] };
    public static readonly Unit<Count> Million = new("M", 1e6) { Aliases = ["million"] };
    public static readonly Unit<Count> Billion = new("B", 1e9) { Aliases = ["billion"] };
    public static readonly Unit<Count> Trillion = new("T", 1e12) { Aliases = ["trillion"] };

    private Count()
    {
    }

    public static string Phrase => "a number";

    public static IReadOnlyList<Unit<Count>> Units { get; } = [One, Thousand, Million, Billion, Trillion];
}
