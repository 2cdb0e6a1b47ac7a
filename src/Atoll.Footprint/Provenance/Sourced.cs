using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Provenance;

/// <summary>A quantity with the range over which sources disagree and where it is from.</summary>
public sealed record Sourced<TDimension> where TDimension : IDimension<TDimension>
{
    public required Quantity<TDimension> Value { get; init; }

    /// <summary>The lowest and highest value that sources give; both <see cref="Value"/> where they agree.</summary>
    public required Quantity<TDimension> Low { get; init; }

    public required Quantity<TDimension> High { get; init; }

    public required Origin Origin { get; init; }

    public static Sourced<TDimension> Of(Quantity<TDimension> value, Origin origin) => new() { Value = value, Low = value, High = value, Origin = origin };
}
