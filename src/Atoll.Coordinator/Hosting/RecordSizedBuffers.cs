using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace Atoll.Coordinator.Hosting;

/// <summary>
/// Buffers as large as a TLS record can be. Kestrel's own are a quarter of that, so that a body would be handed on, decrypted and written four times as often: twice the
/// processor time of an upload. A connection that says nothing holds none.
/// </summary>
/// <remarks>
/// Where thousands are in use, since a thousand sites fetch a model or send an update at once and most of them wait for their turn, further ones are as small as Kestrel's own: memory
/// goes before speed then. Each is used again for as long as the process lives: the runtime's shared pool keeps few, so that such a rush would leave a gigabyte of them behind.
/// </remarks>
internal sealed class RecordSizedBuffers : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int RecordBytes = 16 << 10; // RFC 8446 §5.1

    private const int SmallBytes = 4 << 10;

    /// <summary>32 MiB.</summary>
    private const int MostRecords = 2048;

    private readonly ConcurrentStack<Buffer> _records = new(), _small = new();
    private int _recordsMade;

    public override int MaxBufferSize => RecordBytes;

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        if (minBufferSize > RecordBytes)
        {
            return Shared.Rent(minBufferSize);
        }
        if (_records.TryPop(out Buffer? record))
        {
            record.IsRented = true;
            return record;
        }
        if (minBufferSize > SmallBytes || Volatile.Read(ref _recordsMade) < MostRecords)
        {
            Interlocked.Increment(ref _recordsMade);
            return new Buffer(_records, RecordBytes);
        }
        if (_small.TryPop(out Buffer? small))
        {
            small.IsRented = true;
            return small;
        }
        return new Buffer(_small, SmallBytes);
    }

    protected override void Dispose(bool disposing) { } // connections that end later than their server still give theirs back

    private sealed class Buffer(ConcurrentStack<Buffer> free, int bytes) : IMemoryOwner<byte>
    {
        public bool IsRented = true;

        public Memory<byte> Memory { get; } = MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(bytes, pinned: true), 0, bytes);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref IsRented, false))
            {
                free.Push(this);
            }
        }
    }
}
