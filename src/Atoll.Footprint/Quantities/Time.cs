namespace Atoll.Footprint.Quantities;

/// <summary>In seconds.</summary>
public sealed class Time : IDimension<Time>
{
    public static readonly Unit<Time> Second = new("s", 1) { Aliases = ["seconds"] };
    public static readonly Unit<Time> Nanosecond = new("ns", 1e-9);
    public static readonly Unit<Time> Microsecond = new("us", 1e-6) { Aliases = ["µs"] };
    public static readonly Unit<Time> Millisecond = new("ms", 1e-3);
    public static readonly Unit<Time> Minute = new("min", 60) { Aliases = ["minutes"] };
    public static readonly Unit<Time> Hour = new("h", 3600) { Aliases = ["hours", "hour"] };
    public static readonly Unit<Time> Day = new("d", 86400) { Aliases = ["days", "day"] };
    public static readonly Unit<Time> Week = new("weeks", 604800) { Aliases = ["week"], IsPrinted = false };
    public static readonly Unit<Time> Year = new("y", 31557600) { Aliases = ["years", "year"] };

    private Time()
    {
    }

    public static string Phrase => "a duration";

    public static IReadOnlyList<Unit<Time>> Units { get; } = [Second, Nanosecond, Microsecond, Millisecond, Minute, Hour, Day, Week, Year];
}
