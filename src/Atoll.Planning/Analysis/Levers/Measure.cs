using Atoll.Footprint.Quantities;

namespace Atoll.Planning.Analysis.Levers;

/// <summary>How values of an input are written, by its base unit.</summary>
internal abstract class Measure
{
    private static readonly Dictionary<string, Measure> ByUnit = new Measure[]
    {
        new Of<Bandwidth>(), new Of<Distance>(), new Of<Time>(), new Of<Power>(), new Of<Energy>(), new Of<Carbon>(), new Of<CarbonIntensity>(), new Of<Water>(),
        new Of<WaterIntensity>(), new Of<Money>(), new Of<EnergyPrice>(), new Of<HourlyPrice>(), new Of<DataPrice>(), new Of<BandwidthPrice>(), new Of<DistancePrice>(),
        new Of<Data>(), new Of<DataEnergy>(), new Of<Computation>(), new Of<ComputeRate>(), new PlainNumber(),
    }.ToDictionary(m => m.Unit);

    /// <summary>The base unit's symbol.</summary>
    public abstract string Unit { get; }

    /// <summary>Three significant digits and the unit that suits.</summary>
    public string Print(double value) => Write(Significant.Three(value));

    /// <exception cref="ArgumentException">No dimension has the base unit.</exception>
    public static Measure In(string unit) => ByUnit.TryGetValue(unit, out Measure? measure) ? measure
        : throw new ArgumentException($"An input's unit must be the base unit of a dimension (was \"{unit}\").", nameof(unit));

    /// <summary>The base unit as JSON has it: dollars are <c>USD</c>.</summary>
    public static string JsonUnit(string unit) => unit.Replace("$", "USD", StringComparison.Ordinal);

    protected abstract string Write(double value);

    private sealed class Of<TDimension> : Measure where TDimension : IDimension<TDimension>
    {
        public override string Unit => TDimension.Units[0].Symbol;

        // Fibre is priced by the foot wherever prices are published, and in the plan.
        protected override string Write(double value) => Unit == DistancePrice.Units[0].Symbol
            ? $"{QuantityText.Digits(Significant.Three(value / DistancePrice.DollarPerFoot.Size))} {DistancePrice.DollarPerFoot.Symbol}"
            : new Quantity<TDimension>(value).ToString();
    }

    /// <summary>A count or a ratio: the table does not tell which.</summary>
    private sealed class PlainNumber : Measure
    {
        public override string Unit => "";

        protected override string Write(double value) => Math.Abs(value) < 1e6 ? QuantityText.Digits(value) : new Quantity<Count>(value).ToString();
    }
}
