namespace Atoll.Footprint.Quantities;

/// <summary>In US dollars.</summary>
public sealed class Money : IDimension<Money>
{
    public static readonly Unit<Money> Dollar = new("$", 1) { Aliases = ["USD"] };
    public static readonly Unit<Money> Thousand = new("k$", 1e3) { Aliases = ["kUSD"], IsPrinted = false };
    public static readonly Unit<Money> Million = new("M$", 1e6) { Aliases = ["MUSD", "M USD"], IsPrinted = false };

    private Money()
    {
    }

    public static string Phrase => "an amount of money";

    public static IReadOnlyList<Unit<Money>> Units { get; } = [Dollar, Thousand, Million];
}
