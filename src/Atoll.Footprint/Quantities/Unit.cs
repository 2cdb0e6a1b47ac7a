namespace Atoll.Footprint.Quantities;

/// <summary>A unit of one dimension: <c>3 * Energy.KilowattHour</c> is a quantity, and <c>energy.In(Energy.KilowattHour)</c> its number.</summary>
/// <param name="symbol">As it is written and printed: <c>kWh</c>. Case matters: <c>MW</c> is not <c>mW</c>.</param>
/// <param name="size">Base units in one of these.</param>
public sealed class Unit<TDimension>(string symbol, double size) where TDimension : IDimension<TDimension>
{
    public string Symbol { get; } = symbol;

    /// <summary>Base units in one of these.</summary>
    public double Size { get; } = size;

    /// <summary>Other spellings that are read, never printed.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Whether a value is printed in this unit where that gives a number from 1 up to the next such unit.</summary>
    public bool IsPrinted { get; init; } = true;

    public static Quantity<TDimension> operator *(double number, Unit<TDimension> unit) => new(number * unit.Size);
}
