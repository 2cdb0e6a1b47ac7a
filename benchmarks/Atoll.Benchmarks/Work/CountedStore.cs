using Atoll.Ledger.Storage;

namespace Atoll.Benchmarks.Work;

/// <summary>A store that counts how often it is written to, and so flushed.</summary>
internal sealed class CountedStore(ILedgerStore store) : ILedgerStore
{
    public long Appends { get; private set; }

    public long Length => store.Length;

    public string? Recovered => store.Recovered;

    public ValueTask AppendAsync(long index, IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        Appends++;
        return store.AppendAsync(index, lines);
    }

    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(long from, CancellationToken cancellation = default) => store.ReadAsync(from, cancellation);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
