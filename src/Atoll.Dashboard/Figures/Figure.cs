using System.Globalization;

namespace Atoll.Dashboard.Figures;

/// <summary>Numbers as people read them; the terminal and the page use the same. A figure that is not there is <see cref="None"/>.</summary>
public static class Figure
{
    public const string None = "–";
    private const char Minus = '−';
    private const double JoulesPerKilowattHour = 3.6e6;

    /// <summary>Bytes of network traffic, in powers of ten as links are sold: <c>12.3 MB</c>.</summary>
    public static string Bytes(long bytes) => Prefixed(bytes, ["B", "kB", "MB", "GB", "TB", "PB", "EB"]);

    /// <summary>Floating-point operations: <c>1.23 TFLOP</c>.</summary>
    public static string Flops(long flops) => Prefixed(flops, ["FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP", "PFLOP", "EFLOP"]);

    /// <summary>A rate per second without its unit: <c>114 k</c>.</summary>
    public static string Rate(double perSecond) =>
        !double.IsFinite(perSecond) ? None : Prefixed(perSecond, ["", "k", "M", "G", "T"]);

    /// <summary>A whole number with thousands separated: <c>1,663,370</c>.</summary>
    public static string Count(long count) => Signed(count.ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>An amount in a unit of a plan, with the prefix that reads best: <c>1.29 GWh</c>, <c>$4.20 M</c>, <c>10.0 Gbit/s</c>.</summary>
    public static string Amount(double? value, string unit) => UnitScale.Of(unit).Text(value);

    /// <summary>Energy of a run, from joules up: <c>1.27 J</c>, <c>12.3 Wh</c>.</summary>
    public static string Energy(double? kilowattHours) => Amount(kilowattHours * JoulesPerKilowattHour, "J");

    /// <summary>How far a figure came out from what was foreseen, as a share of what came out: <c>+3.2 %</c>; <c>exact</c>.</summary>
    public static string Error(double? foreseen, double? came) => (foreseen, came) switch
    {
        ({ } f, { } c) when f == c => "exact",
        ({ } f, { } c) when c != 0 && double.IsFinite(f / c) => Signed(Text($"{(f / c - 1) * 100:+0.0;-0.0;±0.0} %")),
        _ => None,
    };

    /// <summary>A duration in its two largest units: <c>850 ms</c>, <c>12.3 s</c>, <c>3 min 20 s</c>, <c>2 h 05 min</c>.</summary>
    public static string Duration(double seconds)
    {
        if (!double.IsFinite(seconds))
        {
            return None;
        }

        var whole = (long)Math.Round(seconds, MidpointRounding.AwayFromZero);
        return seconds switch
        {
            < 0.9995 => Text($"{seconds * 1000:0} ms"),
            < 9.995 => Text($"{seconds:0.00} s"),
            < 59.95 => Text($"{seconds:0.0} s"),
            _ when whole < 3600 => Text($"{whole / 60} min {whole % 60:00} s"),
            _ => Text($"{(whole + 30) / 3600} h {(whole + 30) / 60 % 60:00} min"),
        };
    }

    /// <summary>A metric's value: <c>95.1 %</c>, <c>0.953</c>.</summary>
    public static string Metric(MetricFacts metric, double? value) => value is { } v && double.IsFinite(v)
        ? Number(metric, v) + (metric.IsShare ? " %" : "")
        : None;

    /// <summary>A metric's mean over seeds and its standard deviation: <c>95.1 ± 0.4 %</c>.</summary>
    public static string Metric(MetricFacts metric, double? value, double? sd) =>
        value is { } v && double.IsFinite(v) && sd is { } s && double.IsFinite(s)
            ? $"{Number(metric, v)} ± {Number(metric, s)}{(metric.IsShare ? " %" : "")}"
            : Metric(metric, value);

    /// <summary>A difference with its sign: <c>+1.2 points</c>, <c>−0.012</c>; none shown as <c>±0.0 points</c>.</summary>
    public static string Gap(MetricFacts metric, double? gap)
    {
        if (gap is not { } g || !double.IsFinite(g))
        {
            return None;
        }

        var sign = IsShownAsZero(metric, g) ? "±" : g < 0 ? Minus.ToString() : "+";
        return sign + Difference(metric, g);
    }

    /// <summary>A mean difference over seeds and its standard deviation: <c>+1.2 ± 0.4 points</c>.</summary>
    public static string Gap(MetricFacts metric, double? gap, double? sd)
    {
        if (gap is not { } g || sd is not { } s || !double.IsFinite(g) || !double.IsFinite(s))
        {
            return Gap(metric, gap);
        }

        var sign = IsShownAsZero(metric, g) ? "" : g < 0 ? Minus.ToString() : "+";
        return $"{sign}{Number(metric, Math.Abs(g))} ± {Difference(metric, s)}";
    }

    /// <summary>The size of a difference: <c>1.2 points</c>, <c>0.012</c>.</summary>
    public static string Difference(MetricFacts metric, double difference) =>
        Number(metric, Math.Abs(difference)) + (metric.IsShare ? " points" : "");

    /// <summary>Whether a difference is too small to be seen in the digits shown.</summary>
    public static bool IsShownAsZero(MetricFacts metric, double difference) => !Number(metric, difference).AsSpan().ContainsAnyInRange('1', '9');

    private static string Number(MetricFacts metric, double value) => Signed(metric.IsShare
        ? Text($"{value * 100:0.0}")
        : Math.Abs(value) switch
        {
            >= 1e7 => Text($"{value:0.000E0}"),
            >= 999.95 => Text($"{value:N0}"),
            >= 99.995 => Text($"{value:0.0}"),
            >= 9.9995 => Text($"{value:0.00}"),
            _ => Text($"{value:0.000}"),
        });

    /// <summary>Three significant digits, the unit chosen after rounding so that 999.9 never reads 1000.</summary>
    private static string Prefixed(double value, ReadOnlySpan<string> units)
    {
        var unit = 0;
        while (Math.Abs(value) >= 999.5 && unit + 1 < units.Length)
        {
            value /= 1000;
            unit++;
        }

        var digits = unit == 0 && value == Math.Truncate(value) ? Text($"{value:0}")
            : Math.Abs(value) switch
            {
                < 9.995 => Text($"{value:0.00}"),
                < 99.95 => Text($"{value:0.0}"),
                _ => Text($"{value:0}"),
            };
        return Signed($"{digits} {units[unit]}".TrimEnd());
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string Signed(string text) => text.Replace('-', Minus);
}
