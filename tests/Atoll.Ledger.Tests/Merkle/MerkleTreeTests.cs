using Atoll.Ledger.Merkle;

namespace Atoll.Ledger.Tests.Merkle;

/// <summary>All sizes up to 300 against a tree that is made anew from the definition each time.</summary>
public sealed class MerkleTreeTests
{
    private const int Most = 300;

    private static readonly Digest[] Leaves = [.. Enumerable.Range(0, Most).Select(i => MerkleHash.Leaf(BitConverter.GetBytes(i)))];
    private static readonly Digest[] Roots = [.. Enumerable.Range(0, Most + 1).Select(n => new Digest(NaiveTree.Root(Leaves.AsSpan(0, n))))];

    private readonly MerkleTree _tree = new();

    public MerkleTreeTests()
    {
        foreach (Digest leaf in Leaves)
        {
            _tree.Append(leaf);
        }
    }

    [Fact]
    public void Every_root_is_the_naive_trees()
    {
        MerkleFrontier frontier = new();
        for (int n = 0; n <= Most; n++)
        {
            _tree.RootAt(n).ShouldBe(Roots[n]);
            frontier.Root.ShouldBe(Roots[n]);
            if (n < Most)
            {
                frontier.Append(Leaves[n]);
            }
        }
    }

    [Fact]
    public void Every_path_leads_to_the_root_and_to_no_other_from_nowhere_else()
    {
        for (int n = 1; n <= Most; n++)
        {
            for (int i = 0; i < n; i += n < 70 ? 1 : 13)
            {
                IReadOnlyList<Digest> path = _tree.Inclusion(i, n);
                MerkleProof.IsIncluded(Leaves[i], i, n, path, Roots[n]).ShouldBeTrue();
                MerkleProof.IsIncluded(Leaves[(i + 1) % Most], i, n, path, Roots[n]).ShouldBeFalse();
                MerkleProof.IsIncluded(Leaves[i], i, n, path, Roots[n - 1]).ShouldBeFalse();
                MerkleProof.IsIncluded(Leaves[i], i + 1, n, path, Roots[n]).ShouldBeFalse();
                MerkleProof.IsIncluded(Leaves[i], i - 1, n, path, Roots[n]).ShouldBeFalse();
                Mangled(path).ShouldAllBe(wrong => !MerkleProof.IsIncluded(Leaves[i], i, n, wrong, Roots[n]));
            }
        }
    }

    [Fact]
    public void Every_beginning_is_proven_and_nothing_else_is()
    {
        for (int n = 0; n <= Most; n++)
        {
            for (int m = 0; m <= n; m += n < 70 ? 1 : 11)
            {
                IReadOnlyList<Digest> proof = _tree.Consistency(m, n);
                MerkleProof.IsConsistent(m, Roots[m], n, Roots[n], proof).ShouldBeTrue();
                Digest other = MerkleHash.Node(Roots[m], Roots[n]);
                MerkleProof.IsConsistent(m, other, n, Roots[n], proof).ShouldBeFalse();
                MerkleProof.IsConsistent(n, Roots[n], m, Roots[m], proof).ShouldBe(m == n);
                if (m > 0)
                {
                    MerkleProof.IsConsistent(m, Roots[m], n, other, proof).ShouldBeFalse();
                    Mangled(proof).ShouldAllBe(wrong => !MerkleProof.IsConsistent(m, Roots[m], n, Roots[n], wrong));
                }
            }
        }
    }

    [Fact]
    public void What_the_tree_does_not_have_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => _tree.RootAt(Most + 1));
        Should.Throw<ArgumentOutOfRangeException>(() => _tree.Inclusion(5, 5));
        Should.Throw<ArgumentOutOfRangeException>(() => _tree.Consistency(6, 5));
    }

    private static IEnumerable<Digest[]> Mangled(IReadOnlyList<Digest> proof)
    {
        yield return [.. proof, MerkleHash.OfNothing];
        if (proof.Count > 0)
        {
            yield return [.. proof.Skip(1)];
            yield return [.. proof.SkipLast(1)];
            yield return [MerkleHash.OfNothing, .. proof.Skip(1)];
            yield return [.. proof.SkipLast(1), MerkleHash.OfNothing];
        }
        if (proof.Count > 1)
        {
            yield return [.. proof.Reverse()];
        }
    }
}
