using System.Security.Cryptography;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Hosting.Uploads;

/// <summary>
/// One site's body on its way. A site sends one at a time: a new request ends an earlier one, which is most likely the other end of a connection that broke, and a
/// new body takes the place of an earlier one.
/// </summary>
internal sealed class SiteUploads(string folder) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private CancellationTokenSource? _current;

    /// <summary>The body that this process saw whole, with the right hash. One from before a restart is looked at again.</summary>
    private Digest? _whole;

    /// <summary>A body's file; it holds the bytes that came so far.</summary>
    public string FileOf(Digest body) => Path.Combine(folder, body.ToString());

    /// <summary>How many bytes of a body are there.</summary>
    public long Offset(Digest body) => new FileInfo(FileOf(body)) is { Exists: true } file ? file.Length : 0;

    /// <summary>Runs <paramref name="receive"/> alone, after ending the upload that goes on.</summary>
    /// <param name="receive">Its token ends when another upload of this site begins.</param>
    public async Task<T> ReceiveAsync<T>(Func<CancellationToken, Task<T>> receive, CancellationToken cancellation)
    {
        using CancellationTokenSource mine = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        lock (_lock)
        {
            _current?.Cancel();
            _current = mine;
        }
        try
        {
            await _turn.WaitAsync(mine.Token);
            try
            {
                return await receive(mine.Token);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            lock (_lock)
            {
                if (ReferenceEquals(_current, mine))
                {
                    _current = null;
                }
            }
        }
    }

    /// <summary>Runs <paramref name="use"/> while no upload of this site goes on, and then forgets the body.</summary>
    /// <param name="use">Is given the body's file, or null where there is none.</param>
    public async Task<T> UseAsync<T>(Digest body, Func<string?, Task<T>> use, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            string file = FileOf(body);
            T result = await use(IsWhole(body) ? file : null);
            Forget(body);
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Whether all of a body is there: what is there has its hash.</summary>
    public bool IsWhole(Digest body)
    {
        if (_whole == body)
        {
            return true;
        }
        if (!File.Exists(FileOf(body)))
        {
            return false;
        }
        using FileStream file = File.OpenRead(FileOf(body));
        return IsWhole(body, new(SHA256.HashData(file)));
    }

    /// <summary>The same, where the hash is known already.</summary>
    public bool IsWhole(Digest body, Digest actual)
    {
        _whole = actual == body ? body : _whole;
        return actual == body;
    }

    public void Dispose() => _turn.Dispose();

    public void Forget(Digest body)
    {
        _whole = null;
        if (Directory.Exists(folder))
        {
            File.Delete(FileOf(body));
        }
    }

    /// <summary>Opens a body's file to go on at its end, and forgets every other body.</summary>
    public FileStream Append(Digest body)
    {
        string file = FileOf(body);
        Directory.CreateDirectory(folder);
        _whole = null;
        foreach (string other in Directory.EnumerateFiles(folder).Where(other => other != file))
        {
            File.Delete(other);
        }
        return new(file, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0, useAsync: false);
    }
}
