namespace Atoll.Footprint.Quantities;

/// <summary>A quantity as someone gives it: one value, or a value and the range in which it lies.</summary>
/// <remarks>Text: <c>2.95 $/h</c>; <c>1.47 to 6.88 $/h</c> (the value is the middle); <c>2.95 (1.47 to 6.88) $/h</c>.</remarks>
public readonly record struct Estimate<TDimension>(Quantity<TDimension> Value, Quantity<TDimension> Low, Quantity<TDimension> High)
    where TDimension : IDimension<TDimension>
{
    public Estimate(Quantity<TDimension> value)
        : this(value, value, value)
    {
    }

    public bool IsRange => Low != High;

    public static implicit operator Estimate<TDimension>(Quantity<TDimension> value) => new(value);

    /// <summary>Ranges add up at their ends, as if all were low or all high at once: never too narrow.</summary>
    public static Estimate<TDimension> operator +(Estimate<TDimension> a, Estimate<TDimension> b) => new(a.Value + b.Value, a.Low + b.Low, a.High + b.High);

    /// <param name="factor">Not negative: the ends would change places.</param>
    public static Estimate<TDimension> operator *(Estimate<TDimension> estimate, double factor)
    {
        Require.AtLeast(0, factor, nameof(factor));
        return new(estimate.Value * factor, estimate.Low * factor, estimate.High * factor);
    }

    public override string ToString() => QuantityText.Print(this);
}
