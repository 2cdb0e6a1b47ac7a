using System.Diagnostics;
using Atoll.Ledger.Storage;

namespace Atoll.Benchmarks.Work;

/// <summary>A store that measures how long it takes to write.</summary>
internal sealed class TimedStore(ILedgerStore store) : ILedgerStore
{
    public TimeSpan Spent { get; private set; }

    public long Length => store.Length;

    public string? Recovered => store.Recovered;

    public async ValueTask AppendAsync(long index, IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        long start = Stopwatch.GetTimestamp();
        await store.AppendAsync(index, lines);
        Spent += Stopwatch.GetElapsedTime(start);
    }

    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(long from, CancellationToken cancellation = default) => store.ReadAsync(from, cancellation);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
