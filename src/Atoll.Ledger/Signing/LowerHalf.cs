using System.Globalization;
using System.Numerics;

namespace Atoll.Ledger.Signing;

/// <summary>
/// Of the two signatures (r, s) and (r, n − s), which ECDSA both accepts, only the one with s ≤ n/2 counts: else anyone could change a signature's bytes, and with
/// them a ledger's last line, without the key.
/// </summary>
internal static class LowerHalf
{
    private const int Half = 32;

    /// <summary>The order of P-256, SEC 2 §2.4.2.</summary>
    private static readonly BigInteger Order = BigInteger.Parse("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static readonly byte[] Largest = (Order / 2).ToByteArray(isUnsigned: true, isBigEndian: true);

    public static bool Has(ReadOnlySpan<byte> signature) => signature[Half..].SequenceCompareTo(Largest) <= 0;

    public static void Normalize(Span<byte> signature)
    {
        if (!Has(signature))
        {
            Span<byte> target = signature[Half..];
            BigInteger other = Order - new BigInteger(target, isUnsigned: true, isBigEndian: true);
            target.Clear();
            other.TryWriteBytes(target[(Half - other.GetByteCount(isUnsigned: true))..], out _, isUnsigned: true, isBigEndian: true);
        }
    }
}
