namespace Atoll.Footprint.Accounting;

/// <summary>What compressing the messages makes of the whole.</summary>
public static class Compression
{
    /// <summary><c>1 / ((1 − s) + s / ratio)</c>: how many times less the whole becomes.</summary>
    /// <param name="communicationShare">s, of communication in the whole (energy, carbon or time), before; from 0 to 1.</param>
    /// <param name="ratio">How many times less is sent.</param>
    /// <remarks>Yousefpour et al. (2023), "Green Federated Learning", arXiv 2303.14604: 60 % and 4 give 1.82. It holds where communication costs in proportion to bytes and compressing costs nothing.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to 1, or the ratio not above zero.</exception>
    public static double Reduction(double communicationShare, double ratio)
    {
        Require.Within(0, 1, communicationShare, nameof(communicationShare));
        return 1 / (1 - communicationShare + communicationShare / Require.MoreThan(0, ratio, nameof(ratio)));
    }
}
