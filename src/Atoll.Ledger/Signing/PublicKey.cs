using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Atoll.Ledger.Signing;

/// <summary>An ECDSA key on P-256 that signatures are checked with; in JSON its SubjectPublicKeyInfo (RFC 5480) in base64.</summary>
[JsonConverter(typeof(PublicKeyConverter))]
public sealed class PublicKey : IEquatable<PublicKey>
{
    private const int InfoBytes = 91;

    /// <summary>What every SubjectPublicKeyInfo of an uncompressed P-256 point begins with: the point's two coordinates follow.</summary>
    private static readonly byte[] Prefix = Convert.FromHexString("3059301306072A8648CE3D020106082A8648CE3D03010703420004");

    private readonly byte[] _info;

    private PublicKey(byte[] info) => _info = info;

    /// <summary>SHA-256 of the SubjectPublicKeyInfo: what people compare.</summary>
    public string Fingerprint => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(_info));

    public static PublicKey Of(ECDsa key) => FromInfo(key.ExportSubjectPublicKeyInfo());

    /// <exception cref="FormatException">It is not the base64 of a P-256 key.</exception>
    public static PublicKey Parse(string base64)
    {
        byte[] info = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, info, out int written) && Convert.ToBase64String(info, 0, written) == base64
            ? FromInfo(info.AsSpan(0, written))
            : throw new FormatException($"A public key must be the base64 of a SubjectPublicKeyInfo, in one line (was '{base64}').");
    }

    /// <param name="info">A SubjectPublicKeyInfo in DER.</param>
    /// <exception cref="FormatException">It is no P-256 key.</exception>
    public static PublicKey FromInfo(ReadOnlySpan<byte> info)
    {
        // Compared here, since what platforms say to a curve that they do not know differs.
        if (info.Length != InfoBytes || !info.StartsWith(Prefix))
        {
            throw new FormatException("A public key must be a SubjectPublicKeyInfo of the curve P-256, uncompressed.");
        }
        try
        {
            using ECDsa key = Import(info);
            return new(info.ToArray());
        }
        catch (CryptographicException e)
        {
            throw new FormatException($"A public key must be a point of the curve P-256: {e.Message}", e);
        }
    }

    /// <summary>A verifier of its own for each thread: an <see cref="ECDsa"/> is not made for several at once.</summary>
    internal ECDsa Open() => Import(_info);

    public bool Equals(PublicKey? other) => other is not null && _info.AsSpan().SequenceEqual(other._info);

    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    public override int GetHashCode() => BitConverter.ToInt32(_info, _info.Length - sizeof(int));

    /// <summary>Base64.</summary>
    public override string ToString() => Convert.ToBase64String(_info);

    private static ECDsa Import(ReadOnlySpan<byte> info)
    {
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(info, out int read);
            return read == info.Length ? key : throw new CryptographicException($"{info.Length - read} bytes follow the key.");
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
