using System.Security.Cryptography;
using System.Text;
using Atoll.Dashboard.Pages;

namespace Atoll.Dashboard.Live;

/// <summary>The page on which a run is seen as it happens: the viewer of the run report with other data, as files that a coordinator serves.</summary>
/// <remarks>
/// Nothing of it is secret and nothing of a run is in it: it asks <c>/v1/status</c> and <c>/v1/events</c> of where it came from. It holds to <see cref="Policy"/>.
/// Script and style have their hash in their names, so that they may be kept for good and never go with another version's page.
/// </remarks>
public static class LivePage
{
    /// <summary>The strictest content security policy under which it works.</summary>
    public const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Lazy<IReadOnlyList<LiveAsset>> All = new(() => Make(Viewer.Script));

    /// <summary>The page first, and what it loads.</summary>
    public static IReadOnlyList<LiveAsset> Assets => All.Value;

    /// <summary>Whether it shows anything: not where Node was missing when this program was built.</summary>
    public static bool HasScript => Viewer.Script is not null;

    /// <param name="path">Empty for the page itself; a slash at its beginning does not matter.</param>
    /// <returns>Null where there is no such file.</returns>
    public static LiveAsset? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = path.StartsWith('/') ? path[1..] : path;
        return Assets.FirstOrDefault(asset => asset.Path == name);
    }

    internal static IReadOnlyList<LiveAsset> Make(string? script)
    {
        List<LiveAsset> files = [];
        var style = Add("css", "text/css; charset=utf-8", Viewer.Style);
        var code = script is null ? "" : Add("js", "text/javascript; charset=utf-8", script);
        return [new("", "text/html; charset=utf-8", Encoding.UTF8.GetBytes(PageText.Of<LiveDocument>(new LiveModel(script, code, style)))), .. files];

        string Add(string extension, string type, string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            LiveAsset asset = new($"assets/viewer.{Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}.{extension}", type, bytes);
            files.Add(asset);
            return asset.Path;
        }
    }
}
