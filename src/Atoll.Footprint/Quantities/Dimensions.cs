namespace Atoll.Footprint.Quantities;

/// <summary>All dimensions, to say of a unit that is out of place what it would have been.</summary>
internal static class Dimensions
{
    private static readonly Dictionary<string, string> Phrases = Collect();

    /// <summary>What a unit measures (<c>an energy</c>), or null where no dimension knows it.</summary>
    public static string? Of(string unit) => Phrases.GetValueOrDefault(unit);

    private static Dictionary<string, string> Collect()
    {
        Dictionary<string, string> phrases = [];
        Add<Energy>(phrases);
        Add<Power>(phrases);
        Add<Carbon>(phrases);
        Add<CarbonIntensity>(phrases);
        Add<Water>(phrases);
        Add<WaterIntensity>(phrases);
        Add<Money>(phrases);
        Add<EnergyPrice>(phrases);
        Add<HourlyPrice>(phrases);
        Add<DataPrice>(phrases);
        Add<BandwidthPrice>(phrases);
        Add<DistancePrice>(phrases);
        Add<Data>(phrases);
        Add<Bandwidth>(phrases);
        Add<DataEnergy>(phrases);
        Add<Time>(phrases);
        Add<Distance>(phrases);
        Add<Computation>(phrases);
        Add<ComputeRate>(phrases);
        return phrases;
    }

    private static void Add<TDimension>(Dictionary<string, string> phrases) where TDimension : IDimension<TDimension>
    {
        foreach (string name in TDimension.Units.SelectMany(u => u.Aliases.Prepend(u.Symbol)))
        {
            phrases.TryAdd(name, TDimension.Phrase);
        }
    }
}
