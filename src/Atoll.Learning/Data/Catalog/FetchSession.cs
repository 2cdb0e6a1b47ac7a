using System.ComponentModel;
using System.Diagnostics;

namespace Atoll.Learning.Data.Catalog;

/// <summary>
/// What fetching the files of one data set shares: a folder that goes away with it, and archives that are fetched once for all files in them.
/// </summary>
/// <param name="idle">The longest wait for a source's next bytes: the client's own timeout ends with the headers.</param>
/// <param name="maximumBytes">The longest download, packed.</param>
internal sealed class FetchSession(HttpClient http, TimeSpan idle, long maximumBytes) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("atoll-data-");
    private readonly Dictionary<string, string> _archives = new(StringComparer.Ordinal);

    private readonly List<IDisposable> _open = [];

    /// <summary>Keeps an archive open for as long as one of its files is read.</summary>
    public T Own<T>(T archive) where T : IDisposable
    {
        _open.Add(archive);
        return archive;
    }

    /// <summary>What is at an address.</summary>
    public async Task<Stream> OpenAsync(Uri address, CancellationToken cancellation) => new SourceStream(
        await SourceStream.WithinAsync(idle, limited => http.GetStreamAsync(address, limited), cancellation).ConfigureAwait(false), idle, maximumBytes);

    /// <summary>The path of a downloaded copy.</summary>
    public async Task<string> DownloadAsync(Uri address, CancellationToken cancellation)
    {
        if (!_archives.TryGetValue(address.ToString(), out string? path))
        {
            path = Path.Combine(_folder.FullName, $"{_archives.Count}.zip");
            using Stream content = await OpenAsync(address, cancellation).ConfigureAwait(false);
            await using (FileStream file = File.Create(path))
            {
                await content.CopyToAsync(file, cancellation).ConfigureAwait(false);
            }
            _archives[address.ToString()] = path;
        }
        return path;
    }

    /// <summary>The path of the package's archive, made by <c>npm pack</c>.</summary>
    /// <exception cref="IOException">There is no npm, or it failed.</exception>
    public async Task<string> PackAsync(string package, CancellationToken cancellation)
    {
        if (_archives.TryGetValue(package, out string? path))
        {
            return path;
        }
        string folder = _folder.CreateSubdirectory($"{_archives.Count}").FullName;
        ProcessStartInfo start = new(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        {
            ArgumentList = { "pack", package, "--pack-destination", folder, "--ignore-scripts" },
            WorkingDirectory = folder, // not the user's folder, whose own package would be packed
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process npm = Start(start);
        try
        {
            Task<string> output = npm.StandardOutput.ReadToEndAsync(cancellation), errors = npm.StandardError.ReadToEndAsync(cancellation);
            await npm.WaitForExitAsync(cancellation).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            string reason = Reason(await errors.ConfigureAwait(false));
            return _archives[package] = Directory.GetFiles(folder, "*.tgz").SingleOrDefault()
                ?? throw new IOException($"npm pack ended with {npm.ExitCode}{(reason == "" ? "" : $": {reason}")}");
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
            await npm.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    public void Dispose()
    {
        _open.ForEach(archive => archive.Dispose());
        _folder.Delete(recursive: true);
    }

    /// <summary>npm's own words, without its hints and notices.</summary>
    private static string Reason(string errors) => string.Join("; ", errors
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(line => line.StartsWith("npm err", StringComparison.OrdinalIgnoreCase))
        .Take(2));

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new IOException("npm did not start");
        }
        catch (Win32Exception e)
        {
            throw new IOException("npm is not installed here (it comes with Node.js)", e);
        }
    }
}
