using System.Security.Cryptography;

namespace Atoll.Benchmarks.Machine;

/// <summary>The fastest that one core takes SHA-256 of memory that stays in its caches.</summary>
internal sealed class HashRate
{
    private readonly byte[] _block = new byte[1 << 16];
    private readonly byte[] _hash = new byte[SHA256.HashSizeInBytes];

    /// <summary>Bytes/s, the best of several tries.</summary>
    public double Measure(double seconds) => _block.Length / Stopwatches.Time(Run, seconds).BestSeconds;

    private void Run() => SHA256.HashData(_block, _hash);
}
