namespace Atoll.Planning.Timing;

/// <summary>Seconds that sites take to average what each of them has. Bits, bits per second and seconds.</summary>
internal static class AllReduce
{
    /// <summary>
    /// Share of the model's bits that each direction of a site's link carries: (n − 1)/n around a ring of n ≥ 3 sites that sends both ways round, and all of them over
    /// one link between two, where each half of the model crosses once to be summed and once as the sum.
    /// </summary>
    /// <remarks>The ring's formula is that of Douillard et al. 2025, section 3.3 (by recall): 2(n − 1)/n of the bits, half of them each way.</remarks>
    public static double Share(int sites) => sites switch
    {
        < 1 => throw new ArgumentOutOfRangeException(nameof(sites), sites, $"Sites must be at least 1 (were {sites})."),
        1 => 0,
        2 => 1,
        _ => (sites - 1.0) / sites,
    };

    /// <summary>Around a ring, or over the one link of two sites: share × bits/bandwidth + latency.</summary>
    public static double Ring(int sites, double bits, double bandwidth, double latency) =>
        sites == 1 ? 0 : Share(sites) * bits / bandwidth + latency;

    /// <summary>Up a tree and down again, piece after piece: bits/bandwidth + latency × depth.</summary>
    public static double Tree(double bits, double bandwidth, double latency, int depth) => bits / bandwidth + latency * depth;

    /// <summary>To a server and back: bits/up + bits/down + round trip.</summary>
    public static double ParameterServer(double bits, double up, double down, double roundTrip) => bits / up + bits / down + roundTrip;
}
