using System.Security.Cryptography;

namespace Atoll.Ledger.Merkle;

/// <summary>
/// The hashes of a Merkle tree: a leaf is SHA-256(0x00 ‖ content), a node SHA-256(0x01 ‖ left ‖ right), the root of nothing SHA-256 of nothing.
/// </summary>
/// <remarks>RFC 9162 §2.1.1, the same as RFC 6962 §2.1. <see href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.1"/></remarks>
public static class MerkleHash
{
    private const int StackBytes = 4096;

    public static Digest OfNothing { get; } = Digest.Of([]);

    public static Digest Leaf(ReadOnlySpan<byte> content)
    {
        Span<byte> prefixed = content.Length < StackBytes ? stackalloc byte[content.Length + 1] : new byte[content.Length + 1];
        prefixed[0] = 0;
        content.CopyTo(prefixed[1..]);
        return Digest.Of(prefixed);
    }

    public static Digest Node(Digest left, Digest right)
    {
        Span<byte> node = stackalloc byte[1 + 2 * Digest.Bytes], hash = stackalloc byte[Digest.Bytes];
        node[0] = 1;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + Digest.Bytes)..]);
        SHA256.HashData(node, hash);
        return new(hash);
    }
}
