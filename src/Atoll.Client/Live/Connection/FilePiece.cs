using System.Buffers;
using System.Net;

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
            await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
            file.Seek(offset, SeekOrigin.Begin);
            for (long left = length; left > 0;)
            {
                int read = await file.ReadAsync(piece.AsMemory(0, (int)Math.Min(left, piece.Length)), cancellationToken).ConfigureAwait(false);
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
