using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Catalogs;

/// <summary>What Atoll knows of grids, hardware, operators, networks and prices, each figure with its source; a user's own file goes before it.</summary>
public sealed class Catalog
{
    /// <summary>What ships with Atoll.</summary>
    public static Catalog BuiltIn { get; } = new();

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

    /// <summary>This catalog with the entries of a user's CSV file before its own.</summary>
    /// <exception cref="CatalogException">The file cannot be read or something in it is wrong: it says what and on which line.</exception>
    public Catalog With(string file) => throw new NotImplementedException(file);

    /// <exception cref="CatalogException">There is none of the name (it says the nearest), or none in the factor set.</exception>
    public GridEntry Grid(string name, string? factorSet = null) => throw new NotImplementedException(name + factorSet);

    /// <exception cref="CatalogException">There is none of the name: it says the nearest.</exception>
    public HardwareEntry HardwareNamed(string name) => throw new NotImplementedException(name);
}
