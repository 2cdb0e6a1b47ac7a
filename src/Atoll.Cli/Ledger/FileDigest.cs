using System.Buffers;
using System.Security.Cryptography;
using Atoll.Ledger.Merkle;

namespace Atoll.Cli.Ledger;

/// <summary>The SHA-256 of a file of somebody else's, however large, and whatever it is.</summary>
internal static class FileDigest
{
    private const int PieceBytes = 1 << 20;

    /// <summary>Of the file that a link comes to, where it is one.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    public static long Length(string path)
    {
        FileInfo file = new(path);
        return (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length;
    }

    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    public static Digest Of(string path, CancellationToken cancellation)
    {
        if (Length(path) == 0)
        {
            return Digest.Of([]); // a pipe or a device has no length either, and would be waited for without end
        }
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            for (int read; (read = stream.Read(piece)) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(piece, 0, read);
            }
            return new(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
