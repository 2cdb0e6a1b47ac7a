using System.IO.Compression;

namespace Atoll.Learning.Data.Catalog;

/// <summary>A file within a ZIP archive at an address.</summary>
public sealed record WebArchive(Uri Address, string Path) : FileSource
{
    public override string Description => $"{Address}, {Path} in it";

    internal override async Task<Stream> OpenAsync(FetchSession session, CancellationToken cancellation)
    {
        string archive = await session.DownloadAsync(Address, cancellation).ConfigureAwait(false);
        ZipArchive zip = session.Own(await ZipFile.OpenReadAsync(archive, cancellation).ConfigureAwait(false));
        ZipArchiveEntry entry = zip.GetEntry(Path) ?? throw new FileNotFoundException($"the archive has no {Path}");
        return await entry.OpenAsync(cancellation).ConfigureAwait(false);
    }
}
