using Atoll.Ledger.Entries;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Tests.Fixtures;

namespace Atoll.Ledger.Tests.Heads;

public sealed class EntryProofTests : IAsyncLifetime, IDisposable
{
    private readonly SampleRun _run = new();
    private readonly List<LedgerEntry> _entries = [];
    private readonly MerkleTree _tree = new();
    private SignedTreeHead _head = null!;

    public async Task InitializeAsync()
    {
        foreach (byte[] line in Lines.Of(await _run.Long()))
        {
            LedgerEntry entry = LedgerEntry.Parse(line.AsMemory(0, line.Length - 1));
            _entries.Add(entry);
            _tree.Append(entry.Hash);
        }
        _head = _entries[^1].Read<SignedTreeHead>();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Every_entry_is_proven_and_the_proof_stands_alone()
    {
        foreach (LedgerEntry entry in _entries.SkipLast(1))
        {
            EntryProof proof = EntryProof.Parse(Of(entry.Index).ToJson());

            proof.Check().Hash.ShouldBe(entry.Hash);
            proof.Check(new KeptHead(_run.Coordinator.PublicKey, _head)).Index.ShouldBe(entry.Index);
        }
    }

    [Fact]
    public void A_proof_of_something_else_does_not_hold()
    {
        EntryProof proof = Of(5);
        using SigningKey other = SigningKey.Create();

        Should.Throw<LedgerException>(() => (proof with { Entry = Of(6).Entry }).Check()).Message.ShouldContain("does not lead from entry 6");
        Should.Throw<LedgerException>(() => (proof with { Head = _head with { Root = proof.Path[0] } }).Check()).Message.ShouldContain("does not lead");
        Should.Throw<LedgerException>(() => (proof with { Key = other.PublicKey }).Check()).Message.ShouldContain("not of this key");
        Should.Throw<LedgerException>(() => proof.Check(new KeptHead(other.PublicKey, _head))).Message.ShouldContain("the key that the witness knows");
        Should.Throw<LedgerException>(() => proof.Check(new KeptHead(proof.Key, _head with { Size = 3 }))).Message.ShouldContain("Make it with: atoll ledger prove");
        Should.Throw<LedgerException>(() => proof.Check(new KeptHead(proof.Key, _head with { Root = proof.Path[0] }))).Message.ShouldContain("signed two histories");
        Should.Throw<LedgerException>(() => EntryProof.Parse("{}"u8)).Message.ShouldContain("A proof must be JSON with entry, path, head and key");
    }

    private EntryProof Of(long index) => new(SampleRun.Json(System.Text.Encoding.UTF8.GetString(_entries[(int)index].Line.Span)), _tree.Inclusion(index, _head.Size), _head, _run.Coordinator.PublicKey);
}
