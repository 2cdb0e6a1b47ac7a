namespace Atoll.Footprint.Quantities;

/// <summary>In bits. A kilobyte is 1,000 bytes.</summary>
public sealed class Data : IDimension<Data>
{
    public static readonly Unit<Data> Bit = new("bit", 1) { Aliases = ["bits"] };
    public static readonly Unit<Data> Kilobit = new("kbit", 1e3) { IsPrinted = false };
    public static readonly Unit<Data> Megabit = new("Mbit", 1e6) { IsPrinted = false };
    public static readonly Unit<Data> Gigabit = new("Gbit", 1e9) { IsPrinted = false };
    public static readonly Unit<Data> Terabit = new("Tbit", 1e12) { IsPrinted = false };
    public static readonly Unit<Data> Byte = new("B", 8) { Aliases = ["bytes", "byte"] };
    public static readonly Unit<Data> Kilobyte = new("kB", 8e3) { Aliases = ["KB"] };
    public static readonly Unit<Data> Megabyte = new("MB", 8e6);
    public static readonly Unit<Data> Gigabyte = new("GB", 8e9);
    public static readonly Unit<Data> Terabyte = new("TB", 8e12);
    public static readonly Unit<Data> Petabyte = new("PB", 8e15);
    public static readonly Unit<Data> Exabyte = new("EB", 8e18);
    public static readonly Unit<Data> Kibibyte = new("KiB", 8192.0) { IsPrinted = false };
    public static readonly Unit<Data> Mebibyte = new("MiB", 8388608.0) { IsPrinted = false };
    public static readonly Unit<Data> Gibibyte = new("GiB", 8589934592.0) { IsPrinted = false };
    public static readonly Unit<Data> Tebibyte = new("TiB", 8796093022208.0) { IsPrinted = false };

    private Data()
    {
    }

    public static string Phrase => "an amount of data";

    public static IReadOnlyList<Unit<Data>> Units { get; } = [Bit, Kilobit, Megabit, Gigabit, Terabit, Byte, Kilobyte, Megabyte, Gigabyte, Terabyte, Petabyte, Exabyte, Kibibyte, Mebibyte, Gibibyte, Tebibyte];
}
