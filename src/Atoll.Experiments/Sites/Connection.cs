using Atoll.Experiments.Binding;
using Atoll.Footprint.Quantities;

namespace Atoll.Experiments.Sites;

/// <summary>A network connection: how much, how far, by what, and who pays.</summary>
public record Connection
{
    /// <summary>Bits each way in a second: one value, or up and down apart.</summary>
    public BothWays? Bandwidth { get; init; }

    /// <summary>Time one way. Where only a distance is given: 5 µs for each kilometre of fibre. Left out where neither is.</summary>
    public Estimate<Time>? Latency { get; init => field = Bound.NotNegative(value); }

    /// <summary>Length of the cable.</summary>
    public Estimate<Distance>? Distance { get; init => field = Bound.NotNegative(value); }

    /// <summary>What carries it, for its energy: a catalog name (<c>fixed</c>, <c>4g</c>, <c>data-centre</c>).</summary>
    public string? Technology { get; init; }

    /// <summary>Energy of carrying data, instead of the technology's.</summary>
    public Estimate<DataEnergy>? Energy { get; init => field = Bound.NotNegative(value); }

    /// <summary>Fibre of one's own.</summary>
    public Fibre? Fibre { get; init; }

    /// <summary>Rent of the line.</summary>
    public Estimate<HourlyPrice>? Leased { get; init => field = Bound.NotNegative(value); }

    /// <summary>Price of transit for the bandwidth.</summary>
    public Estimate<BandwidthPrice>? Transit { get; init => field = Bound.NotNegative(value); }

    /// <summary>Price of data that leaves either end.</summary>
    public Estimate<DataPrice>? Egress { get; init => field = Bound.NotNegative(value); }
}

/// <summary>A connection between two sites, or each two of several.</summary>
public sealed record Link : Connection
{
    /// <summary>What arms call it in <c>over</c>, where the same sites have several. The sites' names, joined by hyphens, where not given.</summary>
    public string? Name { get; init; }

    /// <summary>The sites' names.</summary>
    public required IReadOnlyList<string> Between { get; init; }
}

/// <summary>One bandwidth both ways, or one each way.</summary>
[ShortForm(nameof(Up), nameof(Down))]
public sealed record BothWays
{
    /// <summary>From the first site of the link, or from the site to the coordinator.</summary>
    public required Estimate<Bandwidth> Up { get; init => field = Bound.Positive(value); }

    /// <summary>The other way.</summary>
    public required Estimate<Bandwidth> Down { get; init => field = Bound.Positive(value); }
}

/// <summary>Fibre that is built and owned.</summary>
public sealed record Fibre
{
    /// <summary>Price of building it.</summary>
    public required Estimate<DistancePrice> Built { get; init => field = Bound.Positive(value); }

    /// <summary>Years over which the price is spread.</summary>
    public Estimate<Time> Lifetime { get; init => field = Bound.Positive(value); } = 20 * Time.Year;
}
