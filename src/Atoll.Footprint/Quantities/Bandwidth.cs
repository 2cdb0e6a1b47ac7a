namespace Atoll.Footprint.Quantities;

/// <summary>In bits per second.</summary>
public sealed class Bandwidth : IDimension<Bandwidth>
{
    public static readonly Unit<Bandwidth> BitPerSecond = new("bit/s", 1) { Aliases = ["bps"] };
    public static readonly Unit<Bandwidth> KilobitPerSecond = new("kbit/s", 1e3) { Aliases = ["kbps"] };
    public static readonly Unit<Bandwidth> MegabitPerSecond = new("Mbit/s", 1e6) { Aliases = ["Mbps"] };
    public static readonly Unit<Bandwidth> GigabitPerSecond = new("Gbit/s", 1e9) { Aliases = ["Gbps"] };
    public static readonly Unit<Bandwidth> TerabitPerSecond = new("Tbit/s", 1e12) { Aliases = ["Tbps"] };
    public static readonly Unit<Bandwidth> BytePerSecond = new("B/s", 8) { IsPrinted = false };
    public static readonly Unit<Bandwidth> KilobytePerSecond = new("kB/s", 8e3) { IsPrinted = false };
    public static readonly Unit<Bandwidth> MegabytePerSecond = new("MB/s", 8e6) { IsPrinted = false };
    public static readonly Unit<Bandwidth> GigabytePerSecond = new("GB/s", 8e9) { IsPrinted = false };

    private Bandwidth()
    {
    }

    public static string Phrase => "a bandwidth";

    public static IReadOnlyList<Unit<Bandwidth>> Units { get; } = [BitPerSecond, KilobitPerSecond, MegabitPerSecond, GigabitPerSecond, TerabitPerSecond, BytePerSecond, KilobytePerSecond, MegabytePerSecond, GigabytePerSecond];
}
