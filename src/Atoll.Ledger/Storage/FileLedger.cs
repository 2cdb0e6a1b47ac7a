using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Atoll.Ledger.Storage;

/// <summary>A ledger in a file, one entry a line. Readable by anyone while it is written; written by one process at a time.</summary>
/// <remarks>
/// A line that was not written whole was never acknowledged: it is cut off when the file is opened, and <see cref="Recovered"/> says so. Nothing else is ever changed.
/// </remarks>
public sealed class FileLedger : ILedgerStore
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string FileName = "ledger.jsonl";

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>How the platforms say that another process holds a file: ERROR_SHARING_VIOLATION, and EAGAIN by two numbers.</summary>
    private const int SharingViolation = 32, LinuxWouldBlock = 11, MacWouldBlock = 35;

    /// <summary>Lines between two whose place in the file is remembered, so that a reader of the end does not read the beginning.</summary>
    private const int MarkEvery = 1024;

    private readonly FileStream _lock, _stream;
    private readonly List<long> _marks = [0]; // where every 1,024th line begins; its own lock
    private long _bytes, _length;

    private FileLedger(string path, FileStream @lock, FileStream stream) => (Path, _lock, _stream) = (path, @lock, stream);

    public string Path { get; }

    public long Length => Volatile.Read(ref _length);

    public string? Recovered { get; private set; }

    private SafeFileHandle Handle => _stream.SafeFileHandle;

    /// <summary>The file that RUN means on the command line: a ledger, or a folder with one.</summary>
    public static string FileOf(string run) => Directory.Exists(run) ? System.IO.Path.Combine(run, FileName) : run;

    /// <summary>Opens a ledger, or begins one where there is no file; its folder is made if need be.</summary>
    /// <exception cref="LedgerException">Another process holds it.</exception>
    public static async Task<FileLedger> OpenAsync(string path, CancellationToken cancellation = default)
    {
        path = System.IO.Path.GetFullPath(path);
        string folder = System.IO.Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        FileStream @lock = Lock(path);
        FileStream? file = null;
        try
        {
            file = new FileStream(path, Shared());
            FileLedger ledger = new(path, @lock, file);
            await ledger.RecoverAsync(cancellation);
            FolderSync.Flush(folder);
            return ledger;
        }
        catch
        {
            await (file?.DisposeAsync() ?? ValueTask.CompletedTask);
            await @lock.DisposeAsync();
            throw;
        }
    }

    public ValueTask AppendAsync(long index, IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        if (index != Length)
        {
            throw new LedgerException($"The next entry of {Path} must be {Length} (was {index}).");
        }
        byte[] block = new byte[lines.Sum(line => line.Length + 1)];
        int at = 0;
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            line.Span.CopyTo(block.AsSpan(at));
            at += line.Length;
            block[at++] = (byte)'\n';
        }
        try
        {
            RandomAccess.Write(Handle, block, _bytes);
            RandomAccess.FlushToDisk(Handle);
        }
        catch (IOException)
        {
            CutBack();
            throw;
        }
        Grow(lines);
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(long from, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        long index, end = Length;
        await using FileStream stream = OpenToRead(Path);
        lock (_marks)
        {
            int mark = (int)Math.Clamp(from / MarkEvery, 0, _marks.Count - 1);
            index = (long)mark * MarkEvery;
            stream.Seek(_marks[mark], SeekOrigin.Begin);
        }
        LineReader reader = new(stream);
        while (index < end && await reader.NextAsync(cancellation) is { Count: > 0 } lines)
        {
            foreach (ReadOnlyMemory<byte> line in lines.TakeWhile(_ => index < end))
            {
                if (index++ >= from)
                {
                    yield return line;
                }
            }
        }
    }

    /// <summary>For readers of a file that another process may be writing.</summary>
    internal static FileStream OpenToRead(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);

    public ValueTask DisposeAsync()
    {
        _stream.Dispose();
        return _lock.DisposeAsync();
    }

    private void Grow(IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        long length = _length;
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            _bytes += line.Length + 1;
            if (++length % MarkEvery == 0)
            {
                lock (_marks)
                {
                    _marks.Add(_bytes);
                }
            }
        }
        Volatile.Write(ref _length, length);
    }

    private async Task RecoverAsync(CancellationToken cancellation)
    {
        await using FileStream stream = OpenToRead(Path);
        LineReader reader = new(stream);
        while (await reader.NextAsync(cancellation) is { Count: > 0 } lines)
        {
            Grow(lines);
        }
        if (reader.TornBytes > 0)
        {
            RandomAccess.SetLength(Handle, _bytes);
            RandomAccess.FlushToDisk(Handle);
            Recovered = $"The last line of {Path} was not written whole ({reader.TornBytes} bytes, never acknowledged); it was cut off after entry {_length - 1}.";
        }
    }

    /// <summary>So that what was not acknowledged is not there either. Where the disk refuses this too, opening the file anew finds out what is there.</summary>
    private void CutBack()
    {
        try
        {
            RandomAccess.SetLength(Handle, _bytes);
        }
        catch (IOException)
        {
            // The failure that led here is thrown on, and says more.
        }
    }

    /// <summary>Not <see cref="FileShare.None"/>: others may read at any time, and the lock beside it keeps writers away.</summary>
    private static FileStreamOptions Shared()
    {
        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Private;
        }
        return options;
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when ((held.HResult & 0xFFFF) is SharingViolation or LinuxWouldBlock or MacWouldBlock)
        {
            throw new LedgerException($"Another process is writing {path}. One at a time.", held);
        }
    }
}
