using System.Numerics;

namespace Atoll.Ledger.Merkle;

/// <summary>A Merkle tree that keeps all of its nodes (64 bytes a leaf), and so gives the root and proofs of every size that it had, in O(log n).</summary>
/// <remarks>RFC 9162 §2.1.3.1 and §2.1.4.1: paths and proofs hold the same nodes in the same order. Not safe for use while it grows.</remarks>
public sealed class MerkleTree
{
    /// <summary>Level 0 are the leaves; node i of level k is the root of leaves i·2ᵏ to (i+1)·2ᵏ. Complete subtrees only.</summary>
    private readonly List<List<Digest>> _levels = [[]];

    public long Size => _levels[0].Count;

    public Digest Root => RootAt(Size);

    public Digest Leaf(long index) => _levels[0][(int)Require.InRange(index, 0, Size)];

    public void Append(Digest leaf)
    {
        _levels[0].Add(leaf);
        for (int level = 0; _levels[level].Count % 2 == 0; level++)
        {
            if (_levels.Count == level + 1)
            {
                _levels.Add([]);
            }
            _levels[level + 1].Add(MerkleHash.Node(_levels[level][^2], _levels[level][^1]));
        }
    }

    /// <param name="size">From 0 to <see cref="Size"/>.</param>
    public Digest RootAt(long size) => Require.Within(0, Size, size) == 0 ? MerkleHash.OfNothing : Subtree(0, size);

    /// <summary>The path from a leaf to the root of the tree as it was at <paramref name="size"/>, from below.</summary>
    public IReadOnlyList<Digest> Inclusion(long index, long size)
    {
        Require.Within(1, Size, size);
        Require.InRange(index, 0, size);
        List<Digest> path = [];
        AddPath(index, 0, size, path);
        return path;
    }

    /// <summary>The proof that the tree of size <paramref name="first"/> is a beginning of that of size <paramref name="second"/>; empty where they are the same, or the first is.</summary>
    public IReadOnlyList<Digest> Consistency(long first, long second)
    {
        Require.Within(0, Size, second);
        Require.Within(0, second, first);
        List<Digest> proof = [];
        if (first > 0 && first < second)
        {
            AddConsistency(first, 0, second, isWhole: true, proof);
        }
        return proof;
    }

    /// <summary>PATH(m, D[n]).</summary>
    private void AddPath(long m, long from, long n, List<Digest> path)
    {
        if (n == 1)
        {
            return;
        }
        long k = Split(n);
        if (m < k)
        {
            AddPath(m, from, k, path);
            path.Add(Subtree(from + k, n - k));
        }
        else
        {
            AddPath(m - k, from + k, n - k, path);
            path.Add(Subtree(from, k));
        }
    }

    /// <summary>SUBPROOF(m, D[n], b).</summary>
    private void AddConsistency(long m, long from, long n, bool isWhole, List<Digest> proof)
    {
        if (m == n)
        {
            if (!isWhole)
            {
                proof.Add(Subtree(from, n));
            }
            return;
        }
        long k = Split(n);
        if (m <= k)
        {
            AddConsistency(m, from, k, isWhole, proof);
            proof.Add(Subtree(from + k, n - k));
        }
        else
        {
            AddConsistency(m - k, from + k, n - k, isWhole: false, proof);
            proof.Add(Subtree(from, k));
        }
    }

    /// <summary>MTH of <paramref name="n"/> leaves; <paramref name="from"/> is a multiple of the largest power of two that is not above n.</summary>
    private Digest Subtree(long from, long n)
    {
        if (BitOperations.IsPow2(n))
        {
            int level = BitOperations.Log2((ulong)n);
            return _levels[level][(int)(from >> level)];
        }
        long k = Split(n);
        return MerkleHash.Node(Subtree(from, k), Subtree(from + k, n - k));
    }

    /// <summary>The largest power of two below n.</summary>
    private static long Split(long n) => 1L << BitOperations.Log2((ulong)(n - 1));
}
