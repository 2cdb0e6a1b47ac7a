namespace Atoll.Benchmarks.Machine;

/// <summary>How fast this machine moves bodies at best, measured in this run: what training across processes is held against.</summary>
/// <param name="CipherBytes">Bytes that a core encrypts, or decrypts, a second.</param>
/// <param name="HashBytes">Bytes of SHA-256 that a core takes a second.</param>
/// <param name="LoopbackBytes">Bytes that go over loopback a second.</param>
/// <param name="LoopbackProcessorBytes">Bytes that go over loopback for a second of processor time, both ends together.</param>
/// <param name="DiskBytes">Bytes a second that are written and flushed.</param>
internal sealed record TransferLimits(double CipherBytes, double HashBytes, double LoopbackBytes, double LoopbackProcessorBytes, double DiskBytes)
{
    public static TransferLimits Measure(bool quick)
    {
        double seconds = quick ? 0.1 : 0.5;
        using CipherRate cipher = new();
        (double loopback, double processor) = LoopbackRate.Measure(quick);
        return new(cipher.Measure(seconds), new HashRate().Measure(seconds), loopback, processor, DiskRate.Measure(quick));
    }

    /// <summary>The better of two measurements.</summary>
    public TransferLimits Or(TransferLimits other) => new(Math.Max(CipherBytes, other.CipherBytes), Math.Max(HashBytes, other.HashBytes), Math.Max(LoopbackBytes, other.LoopbackBytes),
        Math.Max(LoopbackProcessorBytes, other.LoopbackProcessorBytes), Math.Max(DiskBytes, other.DiskBytes));

    /// <summary>
    /// The least time for bodies to be moved, all cores busy with nothing else, or the disk: sent bytes are encrypted once, carried over loopback, and decrypted once.
    /// </summary>
    /// <param name="sent">Bytes.</param>
    /// <param name="hashed">Bytes that somebody must take SHA-256 of.</param>
    /// <param name="kept">Bytes that must be on disk.</param>
    public double FloorSeconds(double sent, double hashed, double kept) =>
        Math.Max((2 * sent / CipherBytes + sent / LoopbackProcessorBytes + hashed / HashBytes) / Environment.ProcessorCount, kept / DiskBytes);

    public override string ToString() => $"AES-256-GCM {CipherBytes / 1e9:F1} GB/s and SHA-256 {HashBytes / 1e9:F1} GB/s a core, loopback {LoopbackBytes / 1e9:F1} GB/s "
        + $"({LoopbackProcessorBytes / 1e9:F1} GB for a second of processor time), disk with fsync {DiskBytes / 1e9:F2} GB/s";
}
