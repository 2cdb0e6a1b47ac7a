using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Atoll.Coordinator.Hosting;

/// <summary>
/// Buffers as large as a TLS record can be. Kestrel's own are a quarter of that, so that a body would be handed on, decrypted and written four times as often: twice the
/// processor time of an upload. A connection that says nothing holds none.
/// </summary>
internal sealed class RecordSizedBuffers : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int RecordBytes = 16 << 10; // RFC 8446 §5.1

    public override int MaxBufferSize => Shared.MaxBufferSize;

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => Shared.Rent(Math.Max(minBufferSize, RecordBytes));

    protected override void Dispose(bool disposing) { } // the runtime's own pool is behind it
}
