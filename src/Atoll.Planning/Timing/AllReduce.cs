namespace Atoll.Planning.Timing;

/// <summary>What it takes sites to average what each of them has.</summary>
internal static class AllReduce
{
    /// <summary>
    /// Share of the model's bits that each direction of a site's link carries: (n − 1)/n around a ring of n ≥ 3 sites that sends both ways round, and all of them over
    /// one link between two, where each half of the model crosses once to be summed and once as the sum.
    /// </summary>
    /// <remarks>Of the 2(n − 1)/n of the bits that every site must send (Patarasuk and Yuan 2009), half go each way round.</remarks>
    public static double Share(int sites) => sites switch
    {
        < 1 => throw new ArgumentOutOfRangeException(nameof(sites), sites, $"Sites must be at least 1 (were {sites})."),
        1 => 0,
        2 => 1,
        _ => (sites - 1.0) / sites,
    };

    /// <summary>Seconds to a server and back: bits/up + bits/down + round trip. Bits, bits per second and seconds.</summary>
    public static double ParameterServer(double bitsUp, double up, double bitsDown, double down, double roundTrip) => bitsUp / up + bitsDown / down + roundTrip;
}
