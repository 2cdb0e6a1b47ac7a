using System.Collections.Concurrent;
using System.Globalization;
using Atoll.Footprint.Quantities;

namespace Atoll.Dashboard.Figures;

/// <summary>A unit and the larger and smaller ones in which people read its figures. The page's script has the same table, from here.</summary>
public sealed class UnitScale
{
    /// <summary>A share of 1, read in percent.</summary>
    public const string Share = "share";

    /// <summary>A ratio near 1 of which the third digit behind the point matters.</summary>
    public const string Ratio = "ratio";

    /// <summary>A ratio of which the second digit behind the point is the last that means something: PUE.</summary>
    public const string Factor = "factor";

    private const char Minus = '−';

    private static readonly ConcurrentDictionary<string, UnitScale> Known = new(StringComparer.Ordinal)
    {
        [Share] = new([new("", " %", 0.01, 1)]),
        [Ratio] = new([new("", "", 1, 3)]),
        [Factor] = new([new("", "", 1, 2)]),
        [""] = new([new("", "", 1)]),
        ["$"] = Dollars(""),
        ["USD"] = Dollars(""),
        ["kWh"] = In(Energy.KilowattHour, Energy.WattHour),
        ["J"] = In(Energy.Joule, Energy.Joule),
        ["kg"] = In(Carbon.Kilogram, Carbon.Milligram),
        ["g"] = In(Carbon.Gram, Carbon.Milligram),
        ["h"] = In(Time.Hour, Time.Nanosecond),
        ["s"] = In(Time.Second, Time.Nanosecond),
        ["L"] = In(Water.Litre, Water.Millilitre),
        ["B"] = In(Data.Byte, Data.Byte),
        ["bit"] = In(Data.Bit, Data.Byte),
        ["bit/s"] = In(Bandwidth.BitPerSecond, Bandwidth.BitPerSecond),
        ["W"] = In(Power.Watt, Power.Milliwatt),
        ["m"] = In(Distance.Metre, Distance.Metre),
        ["FLOP"] = In(Computation.Flop, Computation.Flop),
        ["FLOP/s"] = In(ComputeRate.FlopPerSecond, ComputeRate.FlopPerSecond),
        // Fibre is priced by the foot wherever prices are published.
        ["$/m"] = new([new("$", "/ft", DistancePrice.DollarPerFoot.Size)]),
    };

    private readonly bool _isTime;

    private UnitScale(IReadOnlyList<UnitStep> steps, bool isTime = false) => (Steps, _isTime) = (steps, isTime);

    /// <summary>From the smallest.</summary>
    public IReadOnlyList<UnitStep> Steps { get; }

    /// <summary>A unit that is not known is put behind the number as it is; a price has its dollar sign in front.</summary>
    public static UnitScale Of(string unit) => Known.GetOrAdd(unit, name => name.StartsWith("$/", StringComparison.Ordinal)
        ? Dollars(name[1..])
        : new([new("", " " + name, 1)]));

    /// <summary>Three significant digits in the unit that gives a readable number.</summary>
    public string Text(double? value) => value is { } v && double.IsFinite(v) ? Text(v, Step(v)) : Figure.None;

    public static string Text(double value, UnitStep step) => Signed(value, $"{step.Before}{Number(Math.Abs(value), step)}{step.After}");

    /// <summary>Two ends in the unit of a third: <c>1.02–1.95</c>, <c>−1.02 to 1.95</c>.</summary>
    public static string Ends(double low, double high, UnitStep step) => double.IsFinite(low) && double.IsFinite(high)
        ? $"{Signed(low, Number(Math.Abs(low), step))}{(low < 0 || high < 0 ? " to " : "–")}{Signed(high, Number(Math.Abs(high), step))}"
        : Figure.None;

    /// <summary>The largest unit of which the value is at least one.</summary>
    public UnitStep Step(double value)
    {
        var size = Math.Abs(value);
        // Half a unit in the third digit below 1 would be shown as 1: it belongs to this unit already.
        return size == 0 ? Steps.MinBy(step => Math.Abs(Math.Log(step.Size)))! : Steps.LastOrDefault(step => size / step.Size >= 0.9995) ?? Steps[0];
    }

    /// <summary>One unit for figures that are read down a column; null where they differ too much for one.</summary>
    public UnitStep? Shared(IEnumerable<double?> values)
    {
        double[] sizes = [.. values.OfType<double>().Where(v => double.IsFinite(v) && v != 0).Select(Math.Abs)];
        if (sizes.Length == 0)
        {
            return null;
        }

        if (_isTime && sizes.Max() >= 30 * sizes.Min())
        {
            return null; // 8 min, 11 h and 4 d are read at once; 0.132 h and 675 min are not
        }

        var step = Step(sizes.Min());
        var larger = Step(sizes.Max());
        // A figure below a tenth of its unit is read wrongly more often than one of five digits.
        return sizes.Max() / step.Size < 10_000 ? step : sizes.Min() / larger.Size >= 0.1 ? larger : sizes.Max() / step.Size < 100_000 ? step : null;
    }

    private static string Number(double size, UnitStep step)
    {
        var shown = size / step.Size;
        if (step.Decimals is { } decimals)
        {
            return Math.Round(shown, decimals, MidpointRounding.AwayFromZero).ToString("F" + decimals, CultureInfo.InvariantCulture);
        }

        return shown switch
        {
            0 => "0",
            >= 1e7 => Scientific(shown),
            >= 999.5 => FormattableString.Invariant($"{shown:N0}"),
            _ when shown == Math.Truncate(shown) => FormattableString.Invariant($"{shown:0}"),
            >= 99.95 => FormattableString.Invariant($"{shown:0}"),
            >= 9.995 => FormattableString.Invariant($"{shown:0.0}"),
            >= 0.9995 => FormattableString.Invariant($"{shown:0.00}"),
            >= 0.09995 => FormattableString.Invariant($"{shown:0.000}"),
            >= 0.009995 => FormattableString.Invariant($"{shown:0.0000}"),
            >= 0.0009995 => FormattableString.Invariant($"{shown:0.00000}"),
            _ => Scientific(shown),
        };
    }

    private static string Scientific(double shown)
    {
        var parts = shown.ToString("0.00E0", CultureInfo.InvariantCulture).Split('E');
        const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        return $"{parts[0]} × 10{string.Concat(parts[1].Select(c => c == '-' ? '⁻' : Raised[c - '0']))}";
    }

    private static string Signed(double value, string text) => value < 0 && text.AsSpan().ContainsAnyInRange('1', '9') ? Minus + text : text;

    private static UnitScale Dollars(string per) => new(
    [
        new("$", per, 1), .. per.Length > 0 ? Array.Empty<UnitStep>() : [new("$", " k", 1e3), new("$", " M", 1e6), new("$", " bn", 1e9)],
    ]);

    /// <param name="own">The unit that figures come in.</param>
    /// <param name="least">The smallest shown.</param>
    private static UnitScale In<TDimension>(Unit<TDimension> own, Unit<TDimension> least) where TDimension : IDimension<TDimension> => new(
    [
        .. TDimension.Units.Where(unit => unit.IsPrinted && unit.Size >= least.Size && unit.Symbol != "mWh").OrderBy(unit => unit.Size)
            .Select(unit => new UnitStep("", " " + unit.Symbol.Replace("m3", "m³", StringComparison.Ordinal).Replace("us", "µs", StringComparison.Ordinal), unit.Size / own.Size)),
    ], typeof(TDimension) == typeof(Time));
}
