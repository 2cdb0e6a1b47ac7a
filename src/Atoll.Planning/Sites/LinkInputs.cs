namespace Atoll.Planning.Sites;

/// <summary>A connection as indices of inputs: read at any values of them.</summary>
internal sealed record LinkInputs
{
    /// <summary>Light in glass: 5 µs for each kilometre.</summary>
    public const double SecondsPerMetre = 5e-9;

    /// <summary><c>frankfurt-lulea</c> of a link, <c>lulea-internet</c> of a site's own way out.</summary>
    public required string Name { get; init; }

    /// <summary>What the file calls the link that it is of: <c>built</c>, or the names of all its sites. Empty for a site's own way out.</summary>
    public string Line { get; init; } = "";

    /// <summary>The first site of the link, or the site whose own way out it is. Up is away from it.</summary>
    public required SiteInputs From { get; init; }

    /// <summary>The second site; null for a site's own way out.</summary>
    public SiteInputs? To { get; init; }

    /// <summary>bit/s. The same index as the other way where the file gives one bandwidth for both.</summary>
    public required int UpIndex { get; init; }

    public required int DownIndex { get; init; }

    /// <summary>Seconds one way; null: by the distance.</summary>
    public int? LatencyIndex { get; init; }

    /// <summary>Metres; null where the file gives none.</summary>
    public int? DistanceIndex { get; init; }

    /// <summary>kWh/GB.</summary>
    public required int EnergyIndex { get; init; }

    /// <summary>$ per metre of building fibre.</summary>
    public int? FibreIndex { get; init; }

    /// <summary>Seconds over which the fibre is written off.</summary>
    public int? FibreLifetimeIndex { get; init; }

    /// <summary>$ per hour.</summary>
    public int? LeasedIndex { get; init; }

    /// <summary>$ per month for each Mbit/s.</summary>
    public int? TransitIndex { get; init; }

    /// <summary>$ per GB.</summary>
    public int? EgressIndex { get; init; }

    /// <summary>Every input that tells how long something takes over it.</summary>
    public IReadOnlyList<int?> TimeIndices => [UpIndex, DownIndex, LatencyIndex, LatencyIndex is null ? DistanceIndex : null];

    /// <summary>Every input that tells what it costs.</summary>
    public IReadOnlyList<int?> PriceIndices => [FibreIndex, FibreIndex is null ? null : DistanceIndex, FibreLifetimeIndex, LeasedIndex, TransitIndex, TransitIndex is null ? null : UpIndex, EgressIndex];

    /// <summary>Whether it joins these two sites, in whichever order.</summary>
    public bool IsBetween(string one, string other) =>
        (From.Name == one && To?.Name == other) || (From.Name == other && To?.Name == one);

    /// <summary>bit/s away from <see cref="From"/>.</summary>
    public double Up(ReadOnlySpan<double> x) => x[UpIndex];

    /// <summary>bit/s towards <see cref="From"/>.</summary>
    public double Down(ReadOnlySpan<double> x) => x[DownIndex];

    /// <summary>Seconds one way.</summary>
    public double Latency(ReadOnlySpan<double> x) =>
        LatencyIndex is { } given ? x[given] : DistanceIndex is { } distance ? x[distance] * SecondsPerMetre : 0;

    /// <summary>How many such lines there are: one for each client of a site whose own way out it is, else one.</summary>
    public double Lines(ReadOnlySpan<double> x) => To is null ? From.Clients(x) : 1;
}
