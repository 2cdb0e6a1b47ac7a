namespace Atoll.Footprint.Quantities;

/// <summary>What is measured: energy, bandwidth, money. The type parameter of a <see cref="Quantity{TDimension}"/> that keeps one from being taken for another.</summary>
public interface IDimension<TSelf> where TSelf : IDimension<TSelf>
{
    /// <summary>What a message calls it: <c>an energy</c>.</summary>
    static abstract string Phrase { get; }

    /// <summary>The first is the base unit, in which a <see cref="Quantity{TDimension}"/> is stored.</summary>
    static abstract IReadOnlyList<Unit<TSelf>> Units { get; }
}
