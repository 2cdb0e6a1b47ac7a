using Atoll.Footprint.Catalogs.Tables;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Catalogs;

/// <summary>What Atoll knows of grids, hardware, operators, networks, prices and water, each figure with its source; a user's own file goes before it.</summary>
/// <remarks>
/// Names are found whatever their case, spaces, hyphens and underscores, and by their label too: <c>DE</c>, <c>germany</c>, <c>RTX 4090</c>.
/// The first entry of a name is the one taken.
/// </remarks>
public sealed record Catalog
{
    /// <summary>What ships with Atoll.</summary>
    public static Catalog BuiltIn { get; } = BuiltInTables.Read();

    public IReadOnlyList<GridEntry> Grids { get; init; } = [];

    public IReadOnlyList<HardwareEntry> Hardware { get; init; } = [];

    public IReadOnlyList<OperatorEntry> Operators { get; init; } = [];

    public IReadOnlyList<NetworkEntry> Networks { get; init; } = [];

    /// <summary>By country.</summary>
    public IReadOnlyList<PriceEntry<EnergyPrice>> Electricity { get; init; } = [];

    /// <summary>By provider.</summary>
    public IReadOnlyList<PriceEntry<DataPrice>> Egress { get; init; } = [];

    /// <summary>By place.</summary>
    public IReadOnlyList<PriceEntry<BandwidthPrice>> Transit { get; init; } = [];

    /// <summary>By kind of ground and building.</summary>
    public IReadOnlyList<PriceEntry<DistancePrice>> Fibre { get; init; } = [];

    /// <summary>Water that making electricity takes, by country; <c>world</c> for the others.</summary>
    public IReadOnlyList<WaterEntry> Water { get; init; } = [];

    /// <summary>This catalog with the entries of a user's CSV file before its own. Figures that the file does not give of hardware and operators known here stay.</summary>
    /// <exception cref="CatalogException">The file cannot be read or something in it is wrong: it says what and on which line.</exception>
    public Catalog With(string file) => CatalogFile.Put(this, file);

    /// <param name="factorSet">Null: the first that has the grid. A user's before ours, and <c>ember-2024</c> first of ours.</param>
    /// <exception cref="CatalogException">There is none of the name (it says the nearest), or none in the factor set.</exception>
    public GridEntry Grid(string name, string? factorSet = null)
    {
        IReadOnlyList<GridEntry> named = GridsOf(name);
        return named.FirstOrDefault(g => factorSet is null || Names.Same(g.FactorSet, factorSet)) ?? throw new CatalogException(
            $"The factor set of the grid '{name}' must be one of {string.Join(", ", named.Select(g => g.FactorSet))} (was '{factorSet}').");
    }

    /// <summary>The sets that have a grid, the one taken by default first.</summary>
    /// <exception cref="CatalogException">There is none of the name: it says the nearest.</exception>
    public IReadOnlyList<string> FactorSetsOf(string name) => [.. GridsOf(name).Select(g => g.FactorSet)];

    /// <exception cref="CatalogException">There is none of the name: it says the nearest.</exception>
    public HardwareEntry HardwareNamed(string name) => Names.Find(Hardware, name, "hardware", "atoll hardware list", h => [h.Name, h.Label, .. h.Spoken()]);

    /// <inheritdoc cref="HardwareNamed"/>
    public OperatorEntry OperatorNamed(string name) => Names.Find(Operators, name, "operator", null, o => [o.Name, o.Label]);

    /// <inheritdoc cref="HardwareNamed"/>
    public NetworkEntry NetworkNamed(string name) => Names.Find(Networks, name, "network", null, n => [n.Name, n.Label]);

    /// <summary>Of a country, by ISO 3166 code or name; null where nothing is known.</summary>
    public PriceEntry<EnergyPrice>? ElectricityOf(string country) => Names.FindOrNull(Electricity, country, e => [e.Name, e.Label]);

    /// <summary>What a provider takes for data that leaves it.</summary>
    /// <inheritdoc cref="HardwareNamed"/>
    public PriceEntry<DataPrice> EgressOf(string provider) => Names.Find(Egress, provider, "egress price", null, e => [e.Name, e.Label]);

    /// <summary>At a place; <c>world</c> for any other.</summary>
    /// <inheritdoc cref="HardwareNamed"/>
    public PriceEntry<BandwidthPrice> TransitOf(string place) => Names.Find(Transit, place, "transit price", null, e => [e.Name, e.Label]);

    /// <summary>Of building fibre in a kind of ground.</summary>
    /// <inheritdoc cref="HardwareNamed"/>
    public PriceEntry<DistancePrice> FibreOf(string kind) => Names.Find(Fibre, kind, "kind of fibre", null, e => [e.Name, e.Label]);

    /// <summary>Water consumed in making a kilowatt-hour of a country's electricity: the off-site factor of E·(WUE + PUE·off-site). The world's where the country's is not known.</summary>
    public Sourced<WaterIntensity> OffSiteWaterOf(string country) =>
        (Names.FindOrNull(Water, country, w => [w.Name, w.Label]) ?? Names.Find(Water, WaterEntry.World, "off-site water", null, w => [w.Name])).Intensity;

    private IReadOnlyList<GridEntry> GridsOf(string name) => Names.FindAll(Grids, name, "grid", "atoll grid list", g => [g.Name, g.Label, .. g.Aliases]);
}
