namespace Atoll.Footprint.Quantities;

/// <summary>A plain number: a share, a factor, a PUE.</summary>
public sealed class Ratio : IDimension<Ratio>
{
    public static readonly Unit<Ratio> One = new("", 1);
    public static readonly Unit<Ratio> Percent = new("%", 0.01) { IsPrinted = false };

    private Ratio()
    {
    }

    public static string Phrase => "a number without a unit";

    public static IReadOnlyList<Unit<Ratio>> Units { get; } = [One, Percent];
}
