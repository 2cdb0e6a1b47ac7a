namespace Atoll.Footprint.Quantities;

/// <summary>In metres.</summary>
public sealed class Distance : IDimension<Distance>
{
    public static readonly Unit<Distance> Metre = new("m", 1);
    public static readonly Unit<Distance> Kilometre = new("km", 1e3);
    public static readonly Unit<Distance> Foot = new("ft", 0.3048) { Aliases = ["feet"], IsPrinted = false };
    public static readonly Unit<Distance> Mile = new("mi", 1609.344) { Aliases = ["miles"], IsPrinted = false };

    private Distance()
    {
    }

    public static string Phrase => "a distance";

    public static IReadOnlyList<Unit<Distance>> Units { get; } = [Metre, Kilometre, Foot, Mile];
}
