using System.Security.Cryptography;
using Atoll.Ledger.Merkle;

namespace Atoll.Ledger.Tests.Merkle;

/// <summary>RFC 9162 §2.1.1 as it is written: MTH({}) = HASH(), MTH({d}) = the leaf, MTH(D[n]) = HASH(0x01 ‖ MTH(D[0:k]) ‖ MTH(D[k:n])), k the largest power of two below n.</summary>
internal static class NaiveTree
{
    public static byte[] Root(ReadOnlySpan<Digest> leaves)
    {
        if (leaves.Length < 2)
        {
            return leaves.Length == 0 ? SHA256.HashData([]) : leaves[0].ToArray();
        }
        int k = 1;
        while (2 * k < leaves.Length)
        {
            k *= 2;
        }
        return SHA256.HashData((byte[])[1, .. Root(leaves[..k]), .. Root(leaves[k..])]);
    }
}
