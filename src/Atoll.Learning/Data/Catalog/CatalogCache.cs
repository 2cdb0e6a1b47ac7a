using System.Security.Cryptography;

namespace Atoll.Learning.Data.Catalog;

/// <summary>The folder where fetched data sets are kept, one folder each. Nothing is in it that was not verified, and nothing leaves it unverified.</summary>
public sealed class CatalogCache(string root, HttpClient? http = null)
{
    /// <summary>Names the folder; without it the platform's cache folder is used.</summary>
    public const string RootVariable = "ATOLL_DATA";

    public string Root => root;

    /// <summary>The longest wait for an address's next bytes before the next source is asked.</summary>
    public TimeSpan IdleTimeout
    {
        get;
        init
        {
            Require.That(value > TimeSpan.Zero, $"IdleTimeout must be more than 0 (was {value}).");
            field = value;
        }
    } = TimeSpan.FromSeconds(30);

    /// <summary>The longest download, as it comes (packed): an address that sends more is given up. 256 MiB, five times what the catalog's largest file has unpacked.</summary>
    public long MaximumDownloadBytes { get; init => field = Require.AtLeast(1L, value); } = 1L << 28;

    /// <summary>The user's own cache.</summary>
    public static CatalogCache Default() => new(DefaultRoot(Environment.GetEnvironmentVariable));

    public string PathOf(CatalogEntry entry, CatalogFile file) => Path.Combine(root, entry.Name, file.Name);

    /// <summary>Whether every file is here (or comes with the program), going by its size.</summary>
    public bool Has(CatalogEntry entry) =>
        entry.Files.All(file => file.Sources.Any(source => source is ShippedFile)
            || (new FileInfo(PathOf(entry, file)) is { Exists: true } info && info.Length == file.Bytes));

    /// <summary>A file's bytes, verified.</summary>
    /// <exception cref="DataException">It is not here, or its bytes are not what they must be.</exception>
    public byte[] Read(CatalogEntry entry, CatalogFile file)
    {
        string path = PathOf(entry, file);
        if (!File.Exists(path))
        {
            return file.Sources.OfType<ShippedFile>().FirstOrDefault() is { } shipped
                ? Verified(shipped.Open(), file, $"Atoll's own {file.Name}")
                : throw new DataException($"{file.Name} of data set '{entry.Name}' must be in {root}, but is not there. "
                    + $"Get it with: atoll data get {entry.Name}");
        }
        try
        {
            return Verified(File.OpenRead(path), file, path);
        }
        catch (DataException e)
        {
            throw new DataException($"{e.Message} Get it anew with: atoll data get {entry.Name}", e);
        }
    }

    /// <summary>Gets every file that is not here yet, or is damaged.</summary>
    /// <param name="from">A folder to take the files from instead of their sources.</param>
    /// <exception cref="DataException">No source had a file as it must be: the message says what each answered.</exception>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public async Task GetAsync(CatalogEntry entry, string? from, IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        using HttpClient? own = http is null ? new HttpClient() : null;
        using FetchSession session = new(http ?? own!, IdleTimeout, MaximumDownloadBytes);
        foreach (CatalogFile file in entry.Files)
        {
            string path = PathOf(entry, file);
            if (File.Exists(path) && await IsIntactAsync(path, file, cancellation).ConfigureAwait(false))
            {
                progress?.Report(new FetchProgress(file, file.Bytes, null, Verified: true));
                continue;
            }
            Directory.CreateDirectory(root);
            await GetAsync(file, path, from is null ? file.Sources : [new FolderFile(from, file.Name)], session, progress, cancellation).ConfigureAwait(false);
        }
    }

    internal static string DefaultRoot(Func<string, string?> variable)
    {
        if (variable(RootVariable) is { Length: > 0 } named)
        {
            return Path.GetFullPath(named);
        }
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "atoll");
        }
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches", "atoll")
            : variable("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathRooted(cache) ? Path.Combine(cache, "atoll")
            : Path.Combine(home, ".cache", "atoll");
    }

    private async Task GetAsync(
        CatalogFile file, string path, IReadOnlyList<FileSource> sources, FetchSession session,
        IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        List<string> failures = [];
        foreach (FileSource source in sources)
        {
            try
            {
                await StoreAsync(file, path, source, session, progress, cancellation).ConfigureAwait(false);
                progress?.Report(new FetchProgress(file, file.Bytes, source, Verified: true));
                return;
            }
            catch (Exception e) when (e is SourceException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                failures.Add($"{source.Description}: {e.InnerException?.Message ?? e.Message}");
            }
        }
        throw new DataException($"{file.Name} could not be had from any of its sources:{string.Concat(failures.Select(failure => $"\n  {failure}"))}");
    }

    /// <summary>Writes under another name, and gives the file its own only when every byte is right.</summary>
    private async Task StoreAsync(
        CatalogFile file, string path, FileSource source, FetchSession session, IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        string part = Path.Combine(root, $"{Guid.NewGuid():N}.part");
        try
        {
            await using (FileStream target = new(part, FileMode.CreateNew, FileAccess.Write))
            {
                await using Stream content = await AskAsync(() => source.OpenAsync(session, cancellation)).ConfigureAwait(false);
                using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                byte[] buffer = new byte[1 << 16];
                long bytes = 0;
                while (await AskAsync(() => content.ReadAsync(buffer, cancellation).AsTask()).ConfigureAwait(false) is var read and > 0)
                {
                    bytes += read;
                    if (bytes > file.Bytes)
                    {
                        throw new SourceException(new InvalidDataException($"the file must have {file.Bytes} bytes, but has more"));
                    }
                    hash.AppendData(buffer, 0, read);
                    await target.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                    progress?.Report(new FetchProgress(file, bytes, source, Verified: false));
                }
                string sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
                if (bytes != file.Bytes || sha256 != file.Sha256)
                {
                    throw new SourceException(new InvalidDataException(
                        $"the file must have {file.Bytes} bytes with sha256 {file.Sha256}, but has {bytes} with {sha256}"));
                }
            }
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Tells a source's faults from those of the cache, which no other source would mend.</summary>
    private static async Task<T> AskAsync<T>(Func<Task<T>> question)
    {
        try
        {
            return await question().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new SourceException(e);
        }
    }

    private static async Task<bool> IsIntactAsync(string path, CatalogFile file, CancellationToken cancellation)
    {
        await using FileStream stream = File.OpenRead(path);
        return stream.Length == file.Bytes && Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false)) == file.Sha256;
    }

    private static byte[] Verified(Stream stream, CatalogFile file, string name)
    {
        using (stream)
        {
            if (stream.Length != file.Bytes)
            {
                throw new DataException($"{name} must have {file.Bytes} bytes, but has {stream.Length}.");
            }
            byte[] bytes = new byte[file.Bytes];
            stream.ReadExactly(bytes);
            string sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
            return sha256 == file.Sha256 ? bytes : throw new DataException($"{name} must have sha256 {file.Sha256}, but has {sha256}.");
        }
    }

    private sealed class SourceException(Exception inner) : Exception(inner.Message, inner);
}
