using System.Security.Cryptography;

namespace Atoll.Benchmarks.Machine;

/// <summary>The fastest that one core encrypts as TLS does: AES-256-GCM, a record of 16 KiB at a time. Decrypting takes as long.</summary>
internal sealed class CipherRate : IDisposable
{
    private const int RecordBytes = 16 << 10, Records = 32; // enough at a time for the clock to see it

    private readonly AesGcm _cipher = new(new byte[32], AesGcm.TagByteSizes.MaxSize);
    private readonly byte[] _nonce = new byte[AesGcm.NonceByteSizes.MaxSize], _tag = new byte[AesGcm.TagByteSizes.MaxSize];
    private readonly byte[] _plain = new byte[RecordBytes], _secret = new byte[RecordBytes];

    /// <summary>Bytes/s, the best of several tries.</summary>
    public double Measure(double seconds) => (double)Records * RecordBytes / Stopwatches.Time(Run, seconds).BestSeconds;

    public void Dispose() => _cipher.Dispose();

    private void Run()
    {
        for (int i = 0; i < Records; i++)
        {
            _cipher.Encrypt(_nonce, _plain, _secret, _tag);
        }
    }
}
