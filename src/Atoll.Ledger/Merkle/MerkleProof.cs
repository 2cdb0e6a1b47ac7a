using System.Numerics;

namespace Atoll.Ledger.Merkle;

/// <summary>Checks inclusion and consistency proofs, from hashes alone.</summary>
/// <remarks>The algorithms of RFC 9162 §2.1.3.2 and §2.1.4.2. <see href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.2"/></remarks>
public static class MerkleProof
{
    /// <summary>Whether <paramref name="leaf"/> stands at <paramref name="index"/> in the tree of <paramref name="size"/> leaves with this root.</summary>
    public static bool IsIncluded(Digest leaf, long index, long size, IReadOnlyList<Digest> path, Digest root)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }
        long fn = index, sn = size - 1;
        Digest r = leaf;
        foreach (Digest p in path)
        {
            if (sn == 0)
            {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn)
            {
                r = MerkleHash.Node(p, r);
                int up = BitOperations.TrailingZeroCount(fn); // fn is not 0: it is odd, or it is sn
                fn >>= up;
                sn >>= up;
            }
            else
            {
                r = MerkleHash.Node(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && r == root;
    }

    /// <summary>Whether the tree of <paramref name="first"/> leaves is a beginning of the one of <paramref name="second"/>.</summary>
    /// <remarks>The tree of nothing is a beginning of every tree; its proof is empty, and so is that of a tree and itself.</remarks>
    public static bool IsConsistent(long first, Digest firstRoot, long second, Digest secondRoot, IReadOnlyList<Digest> proof)
    {
        if (first < 0 || first > second)
        {
            return false;
        }
        if (first == second || first == 0)
        {
            return proof.Count == 0 && (first == second ? firstRoot == secondRoot : firstRoot == MerkleHash.OfNothing);
        }
        bool isPower = BitOperations.IsPow2(first);
        if (proof.Count == 0 && !isPower)
        {
            return false;
        }
        long fn = first - 1, sn = second - 1;
        int shift = BitOperations.TrailingZeroCount(~fn);
        fn >>= shift;
        sn >>= shift;
        Digest fr = isPower ? firstRoot : proof[0], sr = fr;
        for (int i = isPower ? 0 : 1; i < proof.Count; i++)
        {
            Digest c = proof[i];
            if (sn == 0)
            {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn)
            {
                fr = MerkleHash.Node(c, fr);
                sr = MerkleHash.Node(c, sr);
                int up = BitOperations.TrailingZeroCount(fn);
                fn >>= up;
                sn >>= up;
            }
            else
            {
                sr = MerkleHash.Node(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && fr == firstRoot && sr == secondRoot;
    }
}
