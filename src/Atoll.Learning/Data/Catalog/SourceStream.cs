namespace Atoll.Learning.Data.Catalog;

/// <summary>What a source sends, read only as long as it keeps sending and no further than its limit: a source that stalls or never ends is one that failed.</summary>
/// <param name="idle">The longest wait for the next bytes.</param>
internal sealed class SourceStream(Stream content, TimeSpan idle, long maximumBytes) : Stream
{
    private long _bytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _bytes;
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">Nothing came for too long.</exception>
    /// <exception cref="InvalidDataException">More came than is allowed.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await WithinAsync(idle, async limited => await content.ReadAsync(buffer, limited).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        _bytes += read;
        return _bytes <= maximumBytes ? read : throw new InvalidDataException($"a download must have at most {maximumBytes} bytes, but has more");
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <remarks>No one who waits without a way to stop waiting is served.</remarks>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Asks a source, and gives up when it does not answer in time.</summary>
    /// <exception cref="IOException">It did not.</exception>
    public static async Task<T> WithinAsync<T>(TimeSpan idle, Func<CancellationToken, Task<T>> question, CancellationToken cancellation)
    {
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(idle);
        try
        {
            return await question(limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (limited.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new IOException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"it must send something every {idle.TotalSeconds:0.###} s, but sent nothing for longer"), e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }
        base.Dispose(disposing);
    }
}
