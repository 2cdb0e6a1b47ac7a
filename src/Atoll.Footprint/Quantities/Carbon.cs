namespace Atoll.Footprint.Quantities;

/// <summary>In grams of CO₂ equivalent.</summary>
public sealed class Carbon : IDimension<Carbon>
{
    public static readonly Unit<Carbon> Gram = new("g", 1) { Aliases = ["gCO2e", "gCO2eq"] };
    public static readonly Unit<Carbon> Milligram = new("mg", 1e-3);
    public static readonly Unit<Carbon> Kilogram = new("kg", 1e3) { Aliases = ["kgCO2e", "kgCO2eq"] };
    public static readonly Unit<Carbon> Tonne = new("t", 1e6) { Aliases = ["tCO2e", "tonnes"] };
    public static readonly Unit<Carbon> Kilotonne = new("kt", 1e9) { Aliases = ["ktCO2e"] };

    private Carbon()
    {
    }

    public static string Phrase => "a mass of CO₂ equivalent";

    public static IReadOnlyList<Unit<Carbon>> Units { get; } = [Gram, Milligram, Kilogram, Tonne, Kilotonne];
}
