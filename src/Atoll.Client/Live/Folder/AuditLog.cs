using System.Text.Json;
using Atoll.Client.Live.Connection;
using Atoll.Ledger.Merkle;

namespace Atoll.Client.Live.Folder;

/// <summary>
/// Everything that left the machine, a line each in <c>audit.jsonl</c>, written before it leaves: when, where to, how many bytes, their SHA-256, and the control
/// messages word for word. Tensor bodies go by their hash, which is in the path. Tokens and keys are in headers and files, never here.
/// </summary>
/// <remarks>Until the operator has agreed there is no file: lines wait for <see cref="KeepIn"/>.</remarks>
internal sealed class AuditLog(TimeProvider time) : IAuditLog, IDisposable
{
    public const string Name = "audit.jsonl";

    private readonly Lock _lock = new();
    private readonly List<AuditLine> _waiting = [];
    private FileStream? _file;

    public void KeepIn(string path)
    {
        lock (_lock)
        {
            _file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            Begin(_file);
            _waiting.ForEach(Write);
            _waiting.Clear();
        }
    }

    public void Sends(string method, string path, ReadOnlyMemory<byte>? message) => Add(new()
    {
        Time = time.GetUtcNow(),
        Method = method,
        Path = path,
        Bytes = message?.Length ?? 0,
        Sha256 = message is { } body ? Digest.Of(body.Span) : null,
        Message = message is { } json ? JsonElement.Parse(json.Span) : null,
    });

    public void SendsBody(string path, long offset, long bytes) => Add(new() { Time = time.GetUtcNow(), Method = "PUT", Path = path, Offset = offset, Bytes = bytes, Sha256 = Digest.Parse(path[(path.LastIndexOf('/') + 1)..]) });

    public void Dispose() => _file?.Dispose();

    /// <summary>A loss of power may have torn the last line: the next one begins below it.</summary>
    private static void Begin(FileStream file)
    {
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != '\n')
            {
                file.WriteByte((byte)'\n');
            }
        }
    }

    private void Add(AuditLine line)
    {
        lock (_lock)
        {
            if (_file is null)
            {
                _waiting.Add(line);
            }
            else
            {
                Write(line);
            }
        }
    }

    private void Write(AuditLine line)
    {
        _file!.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, SiteJson.Default.AuditLine), (byte)'\n']);
        _file.Flush();
    }
}
