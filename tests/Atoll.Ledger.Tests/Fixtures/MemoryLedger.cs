using System.Runtime.CompilerServices;
using Atoll.Ledger.Storage;

namespace Atoll.Ledger.Tests.Fixtures;

/// <summary>A store that can be told to fail, and to wait before it is durable.</summary>
internal sealed class MemoryLedger : ILedgerStore
{
    private readonly List<byte[]> _lines = [];

    public int Appends { get; private set; }

    public Exception? Fault { get; set; }

    /// <summary>What an append waits for: the disk.</summary>
    public Task Disk { get; set; } = Task.CompletedTask;

    public long Length
    {
        get
        {
            lock (_lines)
            {
                return _lines.Count;
            }
        }
    }

    public string? Recovered => null;

    public async ValueTask AppendAsync(long index, IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        index.ShouldBe(Length);
        Appends++;
        await Disk;
        if (Fault is not null)
        {
            throw Fault;
        }
        lock (_lines)
        {
            _lines.AddRange(lines.Select(line => line.ToArray()));
        }
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(long from, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.Yield();
        for (int i = (int)from; i < Length; i++)
        {
            yield return _lines[i];
        }
    }

    /// <summary>As a file would have them.</summary>
    public MemoryStream File() => new([.. _lines.SelectMany(line => line.Append((byte)'\n'))]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
