namespace Atoll.Footprint.Quantities;

/// <summary>In joules.</summary>
public sealed class Energy : IDimension<Energy>
{
    public static readonly Unit<Energy> Joule = new("J", 1);
    public static readonly Unit<Energy> Kilojoule = new("kJ", 1e3) { IsPrinted = false };
    public static readonly Unit<Energy> Megajoule = new("MJ", 1e6) { IsPrinted = false };
    public static readonly Unit<Energy> MilliwattHour = new("mWh", 3.6);
    public static readonly Unit<Energy> WattHour = new("Wh", 3600);
    public static readonly Unit<Energy> KilowattHour = new("kWh", 3.6e6);
    public static readonly Unit<Energy> MegawattHour = new("MWh", 3.6e9);
    public static readonly Unit<Energy> GigawattHour = new("GWh", 3.6e12);
    public static readonly Unit<Energy> TerawattHour = new("TWh", 3.6e15);

    private Energy()
    {
    }

    public static string Phrase => "an energy";

    public static IReadOnlyList<Unit<Energy>> Units { get; } = [Joule, Kilojoule, Megajoule, MilliwattHour, WattHour, KilowattHour, MegawattHour, GigawattHour, TerawattHour];
}
