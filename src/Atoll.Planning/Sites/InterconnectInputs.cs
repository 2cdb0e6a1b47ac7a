namespace Atoll.Planning.Sites;

/// <summary>The network between the accelerators of one site, as indices of inputs.</summary>
/// <param name="BandwidthIndex">bit/s.</param>
/// <param name="LatencyIndex">Seconds.</param>
internal sealed record InterconnectInputs(int BandwidthIndex, int LatencyIndex)
{
    /// <summary>Seconds of an all-reduce, at the least: (2 × bits / W)(1 − 1/R) + ε.</summary>
    /// <remarks>"Scaling Laws for DiLoCo", arXiv 2503.09799, after Patarasuk and Yuan (2009).</remarks>
    /// <param name="bits">Of what is averaged.</param>
    /// <param name="devices">R, of those that take part.</param>
    public double AllReduceSeconds(ReadOnlySpan<double> x, double bits, double devices) =>
        devices <= 1 ? 0 : 2 * bits / x[BandwidthIndex] * (1 - 1 / devices) + x[LatencyIndex];
}
