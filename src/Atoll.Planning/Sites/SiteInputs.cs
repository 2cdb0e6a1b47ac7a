using Atoll.Experiments.Sites;
using Atoll.Footprint.Grids;

namespace Atoll.Planning.Sites;

/// <summary>A site as indices of inputs: read at any values of them.</summary>
internal sealed record SiteInputs
{
    public required string Name { get; init; }

    /// <summary>Null: nothing computes here (a coordinator, or a store of data).</summary>
    public HardwareInputs? Hardware { get; init; }

    /// <summary>Clients that train apart from each other; null: the site is one client.</summary>
    public int? ClientsIndex { get; init; }

    public required int PueIndex { get; init; }

    /// <summary>Litres of cooling per kWh of the computers.</summary>
    public required int WueIndex { get; init; }

    /// <summary>Litres per kWh of electricity, at the power stations.</summary>
    public required int OffSiteWaterIndex { get; init; }

    /// <summary>g/kWh.</summary>
    public required int GridIndex { get; init; }

    /// <summary>g/kWh by contract; the grid's index where not given.</summary>
    public required int MarketIndex { get; init; }

    /// <summary>$ per kWh; null where the price of the hardware has it in.</summary>
    public int? TariffIndex { get; init; }

    /// <summary>Bits of raw data that lie here.</summary>
    public int? DataIndex { get; init; }

    /// <summary>The network between the site's accelerators; null: ideal.</summary>
    public InterconnectInputs? Interconnect { get; init; }

    /// <summary>The grid hour by hour, where given.</summary>
    public GridTrace? Trace { get; init; }

    /// <summary>ISO 3166 code of the country, where the grid tells it.</summary>
    public string? Country { get; init; }

    /// <summary>Every input that tells the site's rate.</summary>
    public IReadOnlyList<int?> RateIndices => Hardware is null ? [] : [Hardware.CountIndex, Hardware.AchievedIndex, Hardware.PeakIndex, Hardware.UtilizationIndex];

    /// <summary>FLOP/s of the whole site. NaN where nothing tells it (a workload with a step time needs none).</summary>
    public double Rate(ReadOnlySpan<double> x) => Hardware is null ? 0 : Count(x) * Hardware.Rate(x);

    /// <summary>Accelerators or devices; 0 where nothing computes here.</summary>
    public double Count(ReadOnlySpan<double> x) => Hardware is null ? 0 : x[Hardware.CountIndex];

    /// <summary>At least 1.</summary>
    public double Clients(ReadOnlySpan<double> x) => ClientsIndex is { } index ? x[index] : 1;

    public double Pue(ReadOnlySpan<double> x) => x[PueIndex];

    /// <summary>g/kWh.</summary>
    public double Intensity(ReadOnlySpan<double> x) => x[GridIndex];

    /// <summary>Bits; 0 where none lie here.</summary>
    public double Data(ReadOnlySpan<double> x) => DataIndex is { } index ? x[index] : 0;
}

/// <summary>The hardware of a site as indices of inputs. All figures but the count are of one accelerator or device.</summary>
internal sealed record HardwareInputs
{
    /// <summary>As people know it: <c>H100 SXM</c>.</summary>
    public required string Label { get; init; }

    /// <summary><c>accelerator</c>, <c>server</c>, <c>phone</c> … as in the catalog; for figures of one's own <c>accelerator</c>, or <c>device</c> where many clients have no facility around them.</summary>
    public required string Kind { get; init; }

    public required int CountIndex { get; init; }

    /// <summary>FLOP/s that training achieves; excludes the next two.</summary>
    public int? AchievedIndex { get; init; }

    public int? PeakIndex { get; init; }

    public int? UtilizationIndex { get; init; }

    public required int PowerIndex { get; init; }

    public required int IdlePowerIndex { get; init; }

    public required int EmbodiedIndex { get; init; }

    public required int LifetimeIndex { get; init; }

    public required Ownership Ownership { get; init; }

    /// <summary>$ per hour of renting one; null where it is owned.</summary>
    public int? PriceIndex { get; init; }

    /// <summary>$ of buying one; null where it is rented.</summary>
    public int? PurchaseIndex { get; init; }

    /// <summary>FLOP/s of one. NaN where nothing tells it.</summary>
    public double Rate(ReadOnlySpan<double> x) =>
        AchievedIndex is { } achieved ? x[achieved]
        : PeakIndex is { } peak ? x[peak] * x[UtilizationIndex!.Value]
        : double.NaN;
}
