using System.IO.Compression;

namespace Atoll.Learning.Data.Catalog;

/// <summary>A file in a folder of this machine, as it is or with <c>.gz</c> after its name.</summary>
public sealed record FolderFile(string Folder, string Name) : FileSource
{
    public override string Description => $"folder {Folder}";

    internal override Task<Stream> OpenAsync(FetchSession session, CancellationToken cancellation)
    {
        string path = Path.Combine(Folder, Name);
        if (File.Exists(path))
        {
            return Task.FromResult<Stream>(File.OpenRead(path));
        }
        return File.Exists(path + ".gz")
            ? Task.FromResult<Stream>(new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress))
            : throw new FileNotFoundException($"has no {Name} or {Name}.gz");
    }
}
