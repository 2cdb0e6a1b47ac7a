namespace Atoll.Coordinator.Live.Blobs;

/// <summary>A file that was written or read a moment ago, so that it comes from memory: reading it at once costs less than waking another thread for every piece.</summary>
internal sealed class CachedFile(string path) : FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0)
{
    /// <summary>So that of a thousand sites that fetch a model, each has little of it waiting for its connection.</summary>
    private const int PieceBytes = 16 << 10;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new(Read(buffer.Span[..Math.Min(buffer.Length, PieceBytes)]));
}
