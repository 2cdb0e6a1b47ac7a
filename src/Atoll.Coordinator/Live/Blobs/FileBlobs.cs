using Atoll.Coordinator.Hosting.Secrets;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Storage;

namespace Atoll.Coordinator.Live.Blobs;

/// <summary>Contents in a folder, a file each, that are there whole or not at all.</summary>
public sealed class FileBlobs : IBlobStore, IDisposable
{
    /// <summary>So that a thousand updates at once do not ask the disk a thousand times at once.</summary>
    private const int MaxWriters = 8;

    private readonly SemaphoreSlim _writers = new(MaxWriters);
    private readonly string _folder;
    private long _parts;

    /// <param name="folder">Made if need be.</param>
    public FileBlobs(string folder)
    {
        _folder = Path.GetFullPath(folder);
        PrivateFolder.Make(_folder);
    }

    public async Task PutAsync(Digest name, string file, CancellationToken cancellation)
    {
        string path = PathOf(name);
        if (File.Exists(path))
        {
            return;
        }
        await _writers.WaitAsync(cancellation);
        try
        {
            // Into this folder first: a move from another disk is a copy, and not whole until it is done.
            string part = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}.{Interlocked.Increment(ref _parts)}.part");
            File.Move(file, part, overwrite: true);
            using (FileStream stream = new(part, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
            {
                stream.Flush(flushToDisk: true);
            }
            File.Move(part, path, overwrite: true);
            FolderSync.Flush(_folder);
        }
        finally
        {
            _writers.Release();
        }
    }

    public Task<Stream?> OpenAsync(Digest name, CancellationToken cancellation)
    {
        try
        {
            return Task.FromResult<Stream?>(new CachedFile(PathOf(name)));
        }
        catch (FileNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task DeleteAsync(Digest name, CancellationToken cancellation)
    {
        File.Delete(PathOf(name));
        return Task.CompletedTask;
    }

    public Task KeepOnlyAsync(IReadOnlyCollection<Digest> names, CancellationToken cancellation)
    {
        foreach (string other in Directory.GetFiles(_folder).Except(names.Select(PathOf)))
        {
            File.Delete(other);
        }
        return Task.CompletedTask;
    }

    public void Dispose() => _writers.Dispose();

    private string PathOf(Digest name) => Path.Combine(_folder, name.ToString());
}
