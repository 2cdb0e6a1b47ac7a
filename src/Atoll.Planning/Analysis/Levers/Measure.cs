using Atoll.Footprint.Quantities;

namespace Atoll.Planning.Analysis.Levers;

/// <summary>How values of an input are read and written, by its base unit.</summary>
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

    /// <param name="value">In base units.</param>
    /// <param name="problem">What the text must be and was, to end a sentence.</param>
    public abstract bool TryParse(string text, out double value, out string problem);

    /// <summary>Three significant digits and the unit that suits.</summary>
    public abstract string Print(double value);

    /// <exception cref="ArgumentException">No dimension has the base unit.</exception>
    public static Measure In(string unit) => ByUnit.TryGetValue(unit, out Measure? measure) ? measure
        : throw new ArgumentException($"An input's unit must be the base unit of a dimension (was \"{unit}\").", nameof(unit));

    /// <summary>The base unit as JSON has it: dollars are <c>USD</c>.</summary>
    public static string JsonUnit(string unit) => unit.Replace("$", "USD", StringComparison.Ordinal);

    private sealed class Of<TDimension> : Measure where TDimension : IDimension<TDimension>
    {
        public override string Unit => TDimension.Units[0].Symbol;

        public override bool TryParse(string text, out double value, out string problem)
        {
            bool read = QuantityText.TryParse(text, out Quantity<TDimension> quantity, out problem);
            value = quantity.Value;
            return read;
        }

        public override string Print(double value) => new Quantity<TDimension>(value).ToString();
    }

    /// <summary>A count or a ratio: the table does not tell which.</summary>
    private sealed class PlainNumber : Measure
    {
        public override string Unit => "";

        public override bool TryParse(string text, out double value, out string problem)
        {
            bool read = QuantityText.TryParse(text, out Quantity<Ratio> ratio, out _);
            value = ratio.Value;
            if (read)
            {
                problem = "";
                return true;
            }
            read = QuantityText.TryParse(text, out Quantity<Count> count, out problem);
            value = count.Value;
            return read;
        }

        public override string Print(double value) => Math.Abs(value) < 1e6 ? QuantityText.Digits(value) : new Quantity<Count>(value).ToString();
    }
}
