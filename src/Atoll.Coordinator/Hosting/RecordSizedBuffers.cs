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
/// Each is used again, and none is left to the collector while there are not too many: the runtime's shared pool keeps few, so that a thousand sites that fetch a model at once
/// would leave a gigabyte of them behind.
/// </remarks>
internal sealed class RecordSizedBuffers : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int RecordBytes = 16 << 10; // RFC 8446 §5.1

    /// <summary>64 MiB.</summary>
    private const int MostFree = 4096;

    private readonly ConcurrentStack<Buffer> _free = new();
    private int _freeCount;

    public override int MaxBufferSize => RecordBytes;

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        if (minBufferSize > RecordBytes)
        {
            return Shared.Rent(minBufferSize);
        }
        if (!_free.TryPop(out Buffer? buffer))
        {
            return new Buffer(this);
        }
        Interlocked.Decrement(ref _freeCount);
        buffer.IsRented = true;
        return buffer;
    }

    protected override void Dispose(bool disposing) { } // connections that end later than their server still give theirs back

    private void Return(Buffer buffer)
    {
        if (Interlocked.Increment(ref _freeCount) <= MostFree)
        {
            _free.Push(buffer);
        }
        else
        {
            Interlocked.Decrement(ref _freeCount);
        }
    }

    private sealed class Buffer(RecordSizedBuffers pool) : IMemoryOwner<byte>
    {
        public bool IsRented = true;

        public Memory<byte> Memory { get; } = MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(RecordBytes, pinned: true), 0, RecordBytes);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref IsRented, false))
            {
                pool.Return(this);
            }
        }
    }
}
