using System.Security.Cryptography;

namespace Atoll.Ledger.Signing;

/// <summary>An ECDSA key on P-256 that a coordinator or a site signs with. Safe for several threads.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa _key;
    private readonly Lock _lock = new();

    private SigningKey(ECDsa key) => (_key, PublicKey) = (key, PublicKey.Of(key));

    public PublicKey PublicKey { get; }

    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <param name="pkcs8">A private key as <see cref="ExportPkcs8"/> gives it.</param>
    /// <exception cref="CryptographicException">It is none.</exception>
    /// <exception cref="FormatException">It is on another curve.</exception>
    public static SigningKey FromPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            return new(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>A copy of a key that is in use elsewhere, for TLS say.</summary>
    public static SigningKey From(ECDsa key) => FromPkcs8(key.ExportPkcs8PrivateKey());

    /// <summary>The secret itself, DER. Keep it in a file that nobody else reads.</summary>
    public byte[] ExportPkcs8() => _key.ExportPkcs8PrivateKey();

    /// <summary>r ‖ s of the SHA-256 of <paramref name="message"/>, 64 bytes, with s in the lower half.</summary>
    internal byte[] Sign(ReadOnlySpan<byte> message)
    {
        byte[] signature;
        lock (_lock)
        {
            signature = _key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        LowerHalf.Normalize(signature);
        return signature;
    }

    public void Dispose() => _key.Dispose();
}
