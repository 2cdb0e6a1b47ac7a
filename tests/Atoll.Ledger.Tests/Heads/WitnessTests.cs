using Atoll.Ledger.Entries;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Tests.Fixtures;

namespace Atoll.Ledger.Tests.Heads;

public sealed class WitnessTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly SigningKey _key = SigningKey.Create();
    private readonly Witness _witness;
    private readonly MerkleTree _tree = new();

    public WitnessTests()
    {
        _witness = new(_folder.At("heads"));
        for (int i = 0; i < 20; i++)
        {
            _tree.Append(MerkleHash.Leaf([(byte)i]));
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        _key.Dispose();
    }

    [Fact]
    public void It_keeps_the_largest_head_that_goes_on_from_the_last()
    {
        Show(5).Size.ShouldBe(5);
        Show(12, from: 5).Size.ShouldBe(12);
        Show(12).Size.ShouldBe(12);
        Show(7, from: 7, to: 12).Size.ShouldBe(12);

        new Witness(_folder.At("heads")).Kept("demo")!.Head.Size.ShouldBe(12);
        Directory.GetFiles(_folder.At("heads")).ShouldBe([_witness.FileOf("demo")]);
    }

    [Fact]
    public void Another_history_is_refused_with_both_heads_as_evidence()
    {
        Show(5);
        MerkleTree other = new();
        for (int i = 0; i < 12; i++)
        {
            other.Append(MerkleHash.Leaf([(byte)(i + 1)]));
        }
        SignedTreeHead fork = Head(12, other.Root);

        DifferentHistoryException refused = Should.Throw<DifferentHistoryException>(() => _witness.Accept(_key.PublicKey, fork, other.Consistency(5, 12)));

        (refused.Kept.Size, refused.Shown).ShouldBe((5, fork));
        KeptHead.Read(refused.Evidence).Head.ShouldBe(fork);
        _witness.Kept("demo")!.Head.Size.ShouldBe(5);
    }

    [Fact]
    public void The_same_size_with_another_root_and_a_step_without_proof_are_refused()
    {
        Show(5);

        Should.Throw<DifferentHistoryException>(() => _witness.Accept(_key.PublicKey, Head(5, _tree.RootAt(6)), []));
        Should.Throw<DifferentHistoryException>(() => _witness.Accept(_key.PublicKey, Head(9, _tree.RootAt(9)), []));
        Should.Throw<DifferentHistoryException>(() => _witness.Accept(_key.PublicKey, Head(3, _tree.RootAt(3)), []));
    }

    [Fact]
    public void Another_key_and_a_signature_that_does_not_hold_are_refused()
    {
        using SigningKey other = SigningKey.Create();
        Show(5);

        Should.Throw<LedgerException>(() => _witness.Accept(other.PublicKey, Head(5, _tree.RootAt(5)), [])).Message.ShouldContain("must be signed by its coordinator");
        SignedTreeHead theirs = SignedTreeHead.Sign("demo", 5, _tree.RootAt(5), DateTimeOffset.UnixEpoch, other);
        Should.Throw<LedgerException>(() => _witness.Accept(other.PublicKey, theirs, [])).Message.ShouldContain("the key that signed the first");
        Should.Throw<LedgerException>(() => _witness.Accept(_key.PublicKey, Head(6, _tree.RootAt(6)) with { Size = 7 }, [])).Message.ShouldContain("not of this key and statement");
    }

    [Fact]
    public void Each_run_has_a_head_of_its_own_and_no_name_leaves_the_folder()
    {
        Show(5);
        _witness.Accept(_key.PublicKey, SignedTreeHead.Sign("other", 3, _tree.RootAt(4), DateTimeOffset.UnixEpoch, _key), []);

        Should.Throw<LedgerException>(() => _witness.Accept(_key.PublicKey, SignedTreeHead.Sign("../x", 3, _tree.RootAt(3), DateTimeOffset.UnixEpoch, _key), [])).Message.ShouldContain("a run's name must be");
        RunName.IsLegal(".hidden").ShouldBeFalse();
    }

    [Fact]
    public void A_damaged_file_is_said_and_not_taken_for_the_first_visit()
    {
        Show(5);
        File.WriteAllText(_witness.FileOf("demo"), "{");

        Should.Throw<LedgerException>(() => Show(6, from: 5)).Message.ShouldContain("but " + _witness.FileOf("demo") + " is none");
    }

    private SignedTreeHead Show(int size, int? from = null, int? to = null) =>
        _witness.Accept(_key.PublicKey, Head(size, _tree.RootAt(size)), from is { } first ? _tree.Consistency(first, to ?? size) : []);

    private SignedTreeHead Head(long size, Digest root) => SignedTreeHead.Sign("demo", size, root, DateTimeOffset.UnixEpoch, _key);
}
