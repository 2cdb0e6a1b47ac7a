using Atoll.Footprint.Quantities;

namespace Atoll.Experiments.Sites;

/// <summary>A place with data or compute: what stands there, what drives it, and who pays. In plans, and in experiments to model a run at the sites it is for.</summary>
public sealed record Site
{
    /// <summary>What trains: a catalog name (<c>atoll hardware list</c>), or figures of one's own.</summary>
    public HardwareChoice? Hardware { get; init; }

    /// <summary>Accelerators or devices.</summary>
    public Estimate<Count>? Count { get; init => field = Bound.Positive(value); }

    /// <summary>Clients that train apart from each other, such as phones: the devices are spread over them. 1: the site is one client. Hardware
    /// of several clients by figures of one's own, with neither a PUE above 1 nor an operator, is taken for devices that are off while they are not asked.</summary>
    public Quantity<Count>? Clients { get; init; }

    /// <summary>Share of the hardware's peak rate that training achieves.</summary>
    public Estimate<Ratio>? Utilization { get; init => field = Bound.Share(value); }

    /// <summary>Whose PUE and WUE to take from the catalog where they are not given (<c>google</c>, <c>on-premises</c>).</summary>
    public string? Operator { get; init; }

    /// <summary>Energy of the facility over that of its computers.</summary>
    public Estimate<Ratio>? Pue { get; init => field = Bound.AtLeastOne(value); }

    /// <summary>Water that cooling takes, for each kilowatt-hour of the computers.</summary>
    public Estimate<WaterIntensity>? Wue { get; init => field = Bound.NotNegative(value); }

    /// <summary>The electricity: a catalog name (<c>atoll grid list</c>), an intensity, a trace or a live service.</summary>
    public GridChoice? Grid { get; init; }

    /// <summary>Intensity of the electricity by contract (Scope 2, market-based). The grid's own where not given.</summary>
    public Estimate<CarbonIntensity>? MarketIntensity { get; init => field = Bound.NotNegative(value); }

    /// <summary>Price of electricity.</summary>
    public Estimate<EnergyPrice>? Tariff { get; init => field = Bound.NotNegative(value); }

    /// <summary>Whether the hardware is paid by the hour or bought and written off. Rented where the hardware has an hourly price.</summary>
    public Ownership? Ownership { get; init; }

    /// <summary>Raw training data that lie here.</summary>
    public Estimate<Data>? Data { get; init => field = Bound.NotNegative(value); }

    /// <summary>The network inside the site, between its accelerators.</summary>
    public Connection? Interconnect { get; init; }

    /// <summary>The way out, where no <c>links</c> name the other end: to the coordinator, or to the internet.</summary>
    public Connection? Link { get; init; }
}

/// <summary>How hardware is paid for.</summary>
public enum Ownership
{
    /// <summary>By the hour; electricity is in the price unless a tariff is given.</summary>
    Rented,

    /// <summary>Bought, and written off over its lifetime.</summary>
    Owned,
}
