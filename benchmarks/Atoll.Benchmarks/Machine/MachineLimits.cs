namespace Atoll.Benchmarks.Machine;

/// <summary>What one core of this machine can do at best, measured in this run.</summary>
/// <param name="FmaFlops">Floating-point operations a second, a fused multiply-add being two.</param>
/// <param name="ReadBytes">Bytes read a second.</param>
/// <param name="HashBytes">Bytes of SHA-256 a second.</param>
internal sealed record MachineLimits(double FmaFlops, double ReadBytes, double HashBytes)
{
    public static MachineLimits Measure(double seconds)
    {
        double flops = FmaPeak.Measure(seconds);
        double bytes = new ReadBandwidth().Measure(seconds);
        return new(flops, bytes, new HashRate().Measure(seconds / 4));
    }

    /// <summary>The better of two measurements: a machine that is busy shows less than it can.</summary>
    public MachineLimits Or(MachineLimits other) => new(Math.Max(FmaFlops, other.FmaFlops), Math.Max(ReadBytes, other.ReadBytes), Math.Max(HashBytes, other.HashBytes));

    public double? Of(Limit limit) => limit switch
    {
        Limit.Fma => FmaFlops,
        Limit.Read => ReadBytes,
        Limit.Hash => HashBytes,
        _ => null,
    };
}

/// <summary>What bounds a piece of work from below.</summary>
internal enum Limit
{
    None,

    /// <summary>Its floating-point operations.</summary>
    Fma,

    /// <summary>The bytes that it must read.</summary>
    Read,

    /// <summary>The bytes that it must take SHA-256 of.</summary>
    Hash,
}
