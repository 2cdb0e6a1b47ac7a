using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Atoll.Ledger.Merkle;
using Microsoft.AspNetCore.Http;

namespace Atoll.Coordinator.Hosting.Uploads;

/// <summary>Takes the bytes of one upload request to disk, as they come, and checks the hash when the last is there.</summary>
/// <param name="moved">Called with the size of every piece that came.</param>
internal sealed class Receiver(SiteUploads uploads, Digest body, Action<int> moved)
{
    private const int PieceBytes = 256 << 10;

    /// <summary>Appends what the request brings.</summary>
    /// <returns>How many bytes of the body are there now.</returns>
    /// <exception cref="RequestRefusedException">The piece does not follow those that are there, or the body is not what its name says; then it is deleted.</exception>
    /// <remarks>When the request breaks off, what came stays, to go on from.</remarks>
    public async Task<long> ReceiveAsync(PipeReader source, ContentRange range, CancellationToken cancellation)
    {
        long offset = uploads.Offset(body);
        if (range.From == 0 && offset > 0)
        {
            if (range.Length == range.Total && offset == range.Total && uploads.IsWhole(body))
            {
                return offset; // it is here already
            }
            uploads.Forget(body);
            offset = 0;
        }
        if (range.From != offset)
        {
            throw new RequestRefusedException(StatusCodes.Status409Conflict, "wrong-offset", $"A piece must begin where the body ends, at {offset}, but begins at {range.From}.");
        }
        using IncrementalHash? hash = offset == 0 && range.Length == range.Total ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        using (FileStream file = uploads.Append(body))
        {
            offset += await CopyAsync(source, file, hash, range.Length, cancellation);
        }
        if (offset == range.Total && !(hash is null ? uploads.IsWhole(body) : uploads.IsWhole(body, new(hash.GetHashAndReset()))))
        {
            uploads.Forget(body);
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "wrong-hash", $"A body must have the SHA-256 that it is named by, but what came as {body} has another.")
            {
                IsRecorded = true, Body = body,
            };
        }
        return offset;
    }

    private async Task<long> CopyAsync(PipeReader source, FileStream file, IncrementalHash? hash, long length, CancellationToken cancellation)
    {
        long copied = 0;
        while (copied < length)
        {
            ReadResult read = await source.ReadAsync(cancellation);
            ReadOnlySequence<byte> piece = read.Buffer.Slice(0, Math.Min(Math.Min(read.Buffer.Length, length - copied), PieceBytes));
            foreach (ReadOnlyMemory<byte> segment in piece)
            {
                file.Write(segment.Span);
                hash?.AppendData(segment.Span);
            }
            int count = (int)piece.Length; // once it is advanced over, the piece is no more
            source.AdvanceTo(piece.End);
            copied += count;
            if (count > 0)
            {
                moved(count);
            }
            else if (read.IsCompleted)
            {
                throw new RequestRefusedException(StatusCodes.Status400BadRequest, "truncated", $"The request must bring {length} bytes, but ended after {copied}. Go on from there.");
            }
        }
        return copied;
    }
}
