using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atoll.Ledger.Canonical;

namespace Atoll.Ledger.Signing;

/// <summary>
/// What is signed: the line <c>atoll ledger v1 DOMAIN</c>, a line feed, and the statement as canonical JSON. A signature made for one domain says nothing in another.
/// </summary>
/// <remarks>ECDSA on P-256 with SHA-256 (FIPS 186-5); r ‖ s in 64 bytes, s in the lower half, in base64.</remarks>
public static class Signed
{
    private const int SignatureBytes = 64;

    /// <param name="domain">An entry's kind.</param>
    /// <returns>Base64.</returns>
    public static string Sign(string domain, JsonElement statement, SigningKey key) => Convert.ToBase64String(key.Sign(Message(domain, CanonicalJson.Of(statement))));

    /// <param name="canonical">The statement, canonical.</param>
    public static string Sign(string domain, ReadOnlySpan<byte> canonical, SigningKey key) => Convert.ToBase64String(key.Sign(Message(domain, canonical)));

    /// <summary>Why a signature does not hold; null when it does.</summary>
    public static string? WhyNot(string domain, JsonElement statement, string signature, PublicKey key)
    {
        using ECDsa verifier = key.Open();
        return WhyNot(Message(domain, CanonicalJson.Of(statement)), signature, verifier);
    }

    internal static byte[] Message(string domain, ReadOnlySpan<byte> canonical)
    {
        byte[] head = Encoding.UTF8.GetBytes($"atoll ledger v1 {domain}\n"), message = new byte[head.Length + canonical.Length];
        head.CopyTo(message, 0);
        canonical.CopyTo(message.AsSpan(head.Length));
        return message;
    }

    internal static string? WhyNot(ReadOnlySpan<byte> message, string signature, ECDsa key)
    {
        Span<byte> bytes = stackalloc byte[SignatureBytes];
        if (signature.Length != 88 || !Convert.TryFromBase64String(signature, bytes, out int written) || written != SignatureBytes || Convert.ToBase64String(bytes) != signature)
        {
            return $"a signature must be {SignatureBytes} bytes in base64 (was '{signature}')";
        }
        if (!LowerHalf.Has(bytes))
        {
            return "a signature's s must be in the lower half of the curve's order";
        }
        return key.VerifyData(message, bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation) ? null : "the signature is not of this key and statement";
    }
}
