using System.IO.Compression;

namespace Atoll.Learning.Data.Catalog;

/// <summary>A file at an address.</summary>
/// <param name="Address">Unpacked when it ends in <c>.gz</c>.</param>
public sealed record WebFile(Uri Address) : FileSource
{
    public override string Description => Address.ToString();

    internal override async Task<Stream> OpenAsync(FetchSession session, CancellationToken cancellation)
    {
        Stream content = await session.OpenAsync(Address, cancellation).ConfigureAwait(false);
        return Address.AbsolutePath.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(content, CompressionMode.Decompress) : content;
    }
}
