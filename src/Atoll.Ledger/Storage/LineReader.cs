namespace Atoll.Ledger.Storage;

/// <summary>Cuts a stream into lines, each in memory of its own batch.</summary>
internal sealed class LineReader(Stream stream)
{
    private const int BlockBytes = 1 << 20;

    private byte[] _block = [];
    private int _start, _end;
    private bool _isDone;

    /// <summary>Bytes after the last line feed, once everything was read: the beginning of a line that was not written whole.</summary>
    public int TornBytes { get; private set; }

    /// <summary>The bytes of all lines so far, with their line feeds.</summary>
    public long LineBytes { get; private set; }

    /// <summary>The next lines, about a mebibyte of them; empty at the end. They stay valid.</summary>
    /// <exception cref="LedgerException">A line is longer than an entry may be.</exception>
    public async ValueTask<List<ReadOnlyMemory<byte>>> NextAsync(CancellationToken cancellation = default)
    {
        List<ReadOnlyMemory<byte>> lines = [];
        while (lines.Count == 0 && !_isDone)
        {
            // A block is never reused: the lines that were handed out lie in it.
            byte[] block = new byte[BlockBytes + (_end - _start)];
            _block.AsSpan(_start, _end - _start).CopyTo(block);
            (_block, _end, _start) = (block, _end - _start, 0);
            int read = await stream.ReadAtLeastAsync(_block.AsMemory(_end), _block.Length - _end, throwOnEndOfStream: false, cancellation);
            _end += read;
            _isDone = _end < _block.Length;
            Cut(lines);
        }
        TornBytes = _isDone ? _end - _start : 0;
        return lines;
    }

    private void Cut(List<ReadOnlyMemory<byte>> lines)
    {
        for (int length; (length = _block.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) >= 0; _start += length + 1)
        {
            lines.Add(_block.AsMemory(_start, length));
            LineBytes += length + 1;
        }
        if (_end - _start > Entries.LedgerEntry.MaxBytes)
        {
            throw new LedgerException($"A ledger's lines must have at most {Entries.LedgerEntry.MaxBytes} bytes, but one has more.");
        }
    }
}
