using System.Buffers;
using System.Net;
using Microsoft.Win32.SafeHandles;

namespace Atoll.Client.Live.Connection;

/// <summary>A file from an offset to its end, as a request's body.</summary>
/// <param name="moved">Called whenever a piece was taken by the connection.</param>
internal sealed class FilePiece(string path, long offset, long length, Action moved) : HttpContent
{
    private const int PieceBytes = 128 << 10;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            using SafeFileHandle file = File.OpenHandle(path);
            for (long left = length; left > 0;)
            {
                // It was written just now, and comes from memory: reading it here costs less than waking another thread for it.
                int read = RandomAccess.Read(file, piece.AsSpan(0, (int)Math.Min(left, piece.Length)), offset + length - left);
                if (read == 0)
                {
                    throw new InvalidOperationException($"{path} must have {offset + length} bytes while it is sent, but ends {left} before.");
                }
                await stream.WriteAsync(piece.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                moved();
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return true;
    }
}
