using System.Globalization;
using System.Text.RegularExpressions;

namespace Atoll.Footprint.Quantities;

/// <summary>Quantities as text: <c>10 Gbit/s</c>, <c>0.4 kW</c>, <c>35.9 g/kWh</c>.</summary>
public static partial class QuantityText
{
    /// <param name="problem">What the text must be and was, to end a sentence: <c>must be a power, such as 1 W (was "3 kWh", which is an energy)</c>.</param>
    public static bool TryParse<TDimension>(string text, out Quantity<TDimension> value, out string problem) where TDimension : IDimension<TDimension>
    {
        value = default;
        problem = "";
        Match match = Form().Match(text);
        string unit = match.Groups["unit"].Value;
        Unit<TDimension>? known = match.Success ? Find<TDimension>(unit) : null;
        if (known is not null && double.TryParse(match.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number * known.Size))
        {
            value = number * known;
            return true;
        }
        problem = $"must be {Describe<TDimension>()} (was \"{text}\"{WhatItIs(unit)})";
        if (known is null && Meant<TDimension>(unit) is { } near)
        {
            problem += $". Did you mean {near}?";
        }
        return false;
    }

    /// <summary>Gb/s is of bits: the nearest name, GB/s, would be eight times as much.</summary>
    private static string? Meant<TDimension>(string unit) where TDimension : IDimension<TDimension>
    {
        string bits = unit.Replace("b", "bit", StringComparison.Ordinal);
        return unit.Length == 0 ? null : Find<TDimension>(bits) is not null ? bits : NearestName.Of(unit, TDimension.Units.Select(u => u.Symbol));
    }

    /// <summary>A quantity or a range of it: the forms of <see cref="Estimate{TDimension}"/>.</summary>
    /// <param name="problem">What the text must be and was, to end a sentence.</param>
    public static bool TryParse<TDimension>(string text, out Estimate<TDimension> value, out string problem) where TDimension : IDimension<TDimension>
    {
        Match range = Range().Match(text);
        if (!range.Success)
        {
            bool read = TryParse(text, out Quantity<TDimension> single, out problem);
            value = new(single);
            return read;
        }
        string unit = range.Groups["unit"].Value, middle = range.Groups["value"].Value;
        value = default;
        if (!TryParse($"{range.Groups["low"]} {unit}", out Quantity<TDimension> low, out problem) || !TryParse($"{range.Groups["high"]} {unit}", out Quantity<TDimension> high, out problem))
        {
            return false;
        }
        Quantity<TDimension> stated = (low + high) / 2;
        if (middle.Length > 0 && !TryParse($"{middle} {unit}", out stated, out problem))
        {
            return false;
        }
        value = new(stated, low, high);
        problem = low <= stated && stated <= high ? "" : $"must have its value within its range (was \"{text}\")";
        return problem.Length == 0;
    }

    /// <summary>The value, and its range where it has one: <c>2.95 $/h (1.47 to 6.88 $/h)</c>.</summary>
    public static string Print<TDimension>(Estimate<TDimension> estimate) where TDimension : IDimension<TDimension> =>
        estimate.IsRange ? $"{Print(estimate.Value)} ({Print(estimate.Low)} to {Print(estimate.High)})" : Print(estimate.Value);

    /// <summary>The end of a sentence that begins "must be".</summary>
    public static string Describe<TDimension>() where TDimension : IDimension<TDimension> => TDimension.Units[0].Symbol.Length == 0
        ? TDimension.Phrase
        : $"{TDimension.Phrase}, a number with a unit ({string.Join(", ", TDimension.Units.Select(u => u.Symbol))})";

    /// <summary>Every digit, in the base unit: reads back to the same value.</summary>
    public static string Exact<TDimension>(Quantity<TDimension> quantity) where TDimension : IDimension<TDimension> =>
        $"{quantity.Value.ToString("R", CultureInfo.InvariantCulture)} {TDimension.Units[0].Symbol}".TrimEnd();

    /// <summary>Every digit, in the base unit: reads back to the same value and range.</summary>
    public static string Exact<TDimension>(Estimate<TDimension> estimate) where TDimension : IDimension<TDimension> => estimate.IsRange
        ? string.Create(CultureInfo.InvariantCulture, $"{estimate.Value.Value:R} ({estimate.Low.Value:R} to {estimate.High.Value:R}) {TDimension.Units[0].Symbol}").TrimEnd()
        : Exact(estimate.Value);

    /// <summary>In the unit that <see cref="UnitFor"/> gives: <c>1.29 GWh</c>.</summary>
    public static string Print<TDimension>(Quantity<TDimension> quantity) where TDimension : IDimension<TDimension> => Print(quantity, UnitFor(quantity));

    /// <summary>In a unit that others have too, so that the figures of a column compare at a glance.</summary>
    public static string Print<TDimension>(Quantity<TDimension> quantity, Unit<TDimension> unit) where TDimension : IDimension<TDimension>
    {
        string number = Digits(quantity.In(unit));
        return unit.Symbol.Length == 0 ? number : $"{number} {unit.Symbol}";
    }

    /// <summary>The largest unit of which the quantity is at least one.</summary>
    public static Unit<TDimension> UnitFor<TDimension>(Quantity<TDimension> quantity) where TDimension : IDimension<TDimension>
    {
        Unit<TDimension>[] printed = [.. TDimension.Units.Where(u => u.IsPrinted).OrderBy(u => u.Size)];
        double size = Math.Abs(quantity.Value);
        // Half a unit in the third digit below 1 would be printed as 1: it belongs to this unit already.
        return size == 0 ? TDimension.Units[0] : printed.LastOrDefault(u => size / u.Size >= 0.9995) ?? printed[0];
    }

    /// <summary>Three significant digits, whole numbers in full, thousands apart.</summary>
    public static string Digits(double number)
    {
        double size = Math.Abs(number);
        if (size is 0 or >= 999.5)
        {
            return size < 1e15 ? number.ToString("#,0", CultureInfo.InvariantCulture) : number.ToString("0.00e0", CultureInfo.InvariantCulture);
        }
        return size < 1e-3
            ? number.ToString("0.##e0", CultureInfo.InvariantCulture)
            : number.ToString(size switch { >= 99.95 => "0", >= 9.995 => "0.#", >= 0.9995 => "0.##", >= 0.09995 => "0.###", >= 0.009995 => "0.####", _ => "0.#####" }, CultureInfo.InvariantCulture);
    }

    private static Unit<TDimension>? Find<TDimension>(string written) where TDimension : IDimension<TDimension> =>
        TDimension.Units.FirstOrDefault(u => u.Symbol == written) ?? TDimension.Units.FirstOrDefault(u => u.Aliases.Contains(written));

    private static string WhatItIs(string unit) => unit.Length > 0 && Dimensions.Of(unit) is { } phrase ? $", which is {phrase}" : "";

    [GeneratedRegex(@"^\s*(?<number>[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?)\s*(?<unit>\S.*?)?\s*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    [GeneratedRegex(@"^\s*((?<value>[-+.\deE]+)\s*\(\s*(?<low>[-+.\deE]+)\s+to\s+(?<high>[-+.\deE]+)\s*\)|(?<low>[-+.\deE]+)\s+to\s+(?<high>[-+.\deE]+))\s*(?<unit>\S.*?)?\s*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Range();
}
