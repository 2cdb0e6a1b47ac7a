using System.Numerics;

namespace Atoll.Ledger.Merkle;

/// <summary>A Merkle tree that can grow and tell its root, in O(log n) memory: the roots of the complete subtrees that its size's binary digits stand for.</summary>
/// <remarks>RFC 9162 §2.1.2. <see href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.2"/></remarks>
public sealed class MerkleFrontier
{
    private readonly Digest[] _roots = new Digest[64]; // the largest subtree first

    private int _count;

    public long Size { get; private set; }

    /// <summary>Of everything so far; made anew at each call, in O(log n).</summary>
    public Digest Root
    {
        get
        {
            if (_count == 0)
            {
                return MerkleHash.OfNothing;
            }
            Digest root = _roots[_count - 1];
            for (int i = _count - 2; i >= 0; i--)
            {
                root = MerkleHash.Node(_roots[i], root);
            }
            return root;
        }
    }

    public void Append(Digest leaf)
    {
        Digest root = leaf;
        for (int merges = BitOperations.TrailingZeroCount(~Size); merges > 0; merges--)
        {
            root = MerkleHash.Node(_roots[--_count], root);
        }
        _roots[_count++] = root;
        Size++;
    }
}
