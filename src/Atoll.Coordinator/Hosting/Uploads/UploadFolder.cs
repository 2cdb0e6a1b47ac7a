using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Atoll.Coordinator.Hosting.Secrets;

namespace Atoll.Coordinator.Hosting.Uploads;

/// <summary>Bodies on their way, a folder a site. No name that a client chose becomes part of a path: a folder is named by the hash of the site, a file by that of its content.</summary>
internal sealed class UploadFolder : IDisposable
{
    private const int NameBytes = 16;

    private readonly string _path;
    private readonly ConcurrentDictionary<string, SiteUploads> _sites = new(StringComparer.Ordinal);

    public UploadFolder(string path)
    {
        _path = path;
        PrivateFolder.Make(path);
    }

    public void Dispose()
    {
        foreach (SiteUploads site in _sites.Values)
        {
            site.Dispose();
        }
    }

    public SiteUploads this[string site] => _sites.GetOrAdd(site, static (name, path) =>
        new(Path.Combine(path, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, NameBytes)))), _path);
}
