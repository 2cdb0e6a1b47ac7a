using System.Numerics;

namespace Atoll.Footprint.Quantities;

/// <summary>An amount of one dimension. Only amounts of the same dimension add up or compare; what becomes what by multiplication is in <see cref="Relations"/>.</summary>
/// <param name="Value">In the dimension's base unit (the first of its <see cref="IDimension{TSelf}.Units"/>).</param>
public readonly record struct Quantity<TDimension>(double Value) : IComparable<Quantity<TDimension>>,
    IAdditionOperators<Quantity<TDimension>, Quantity<TDimension>, Quantity<TDimension>>,
    IComparisonOperators<Quantity<TDimension>, Quantity<TDimension>, bool>
    where TDimension : IDimension<TDimension>
{
    public static Quantity<TDimension> Zero => default;

    /// <summary>How many of a unit.</summary>
    public double In(Unit<TDimension> unit) => Value / unit.Size;

    public int CompareTo(Quantity<TDimension> other) => Value.CompareTo(other.Value);

    /// <summary>With the unit that gives a readable number: <c>1.29 GWh</c>. Three significant digits.</summary>
    public override string ToString() => QuantityText.Print(this);

    /// <summary>A number and a unit.</summary>
    /// <exception cref="FormatException">It is none; the message says what it must be and was.</exception>
    public static Quantity<TDimension> Parse(string text) => QuantityText.TryParse(text, out Quantity<TDimension> value, out string problem)
        ? value
        : throw new FormatException($"The text {problem}.");

    public static Quantity<TDimension> operator +(Quantity<TDimension> a, Quantity<TDimension> b) => new(a.Value + b.Value);

    public static Quantity<TDimension> operator -(Quantity<TDimension> a, Quantity<TDimension> b) => new(a.Value - b.Value);

    public static Quantity<TDimension> operator *(Quantity<TDimension> a, double b) => new(a.Value * b);

    public static Quantity<TDimension> operator *(double a, Quantity<TDimension> b) => new(a * b.Value);

    public static Quantity<TDimension> operator /(Quantity<TDimension> a, double b) => new(a.Value / b);

    /// <summary>How often one goes into the other.</summary>
    public static double operator /(Quantity<TDimension> a, Quantity<TDimension> b) => a.Value / b.Value;

    public static bool operator <(Quantity<TDimension> a, Quantity<TDimension> b) => a.Value < b.Value;

    public static bool operator >(Quantity<TDimension> a, Quantity<TDimension> b) => a.Value > b.Value;

    public static bool operator <=(Quantity<TDimension> a, Quantity<TDimension> b) => a.Value <= b.Value;

    public static bool operator >=(Quantity<TDimension> a, Quantity<TDimension> b) => a.Value >= b.Value;
}
