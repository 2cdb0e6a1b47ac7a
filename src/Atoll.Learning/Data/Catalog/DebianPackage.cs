using System.IO.Compression;

namespace Atoll.Learning.Data.Catalog;

/// <summary>A file that a Debian package has put on this machine.</summary>
/// <param name="Path">Absolute; unpacked when it ends in <c>.gz</c>.</param>
public sealed record DebianPackage(string Package, string Path) : FileSource
{
    public override string Description => $"Debian package {Package}, {Path}";

    internal override Task<Stream> OpenAsync(FetchSession session, CancellationToken cancellation)
    {
        if (!File.Exists(Path))
        {
            throw new FileNotFoundException($"not installed here (apt install {Package})");
        }
        Stream file = File.OpenRead(Path);
        return Task.FromResult(Path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
    }
}
