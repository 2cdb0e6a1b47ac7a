using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atoll.Coordinator.Hosting.Endpoints;

/// <summary>The live page and its files. It loads from here alone, and runs the scripts that it came with and no others.</summary>
internal sealed partial class PageEndpoints(Func<string, PageFile?> page)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (HttpContext context) => Show(context, "")).ExcludeFromDescription();
        routes.MapGet("/assets/{**path}", (HttpContext context, string path) => Show(context, "assets/" + path)).ExcludeFromDescription();
    }

    private IResult Show(HttpContext context, string path)
    {
        if (page(path) is not { } file)
        {
            throw new RequestRefusedException(StatusCodes.Status404NotFound, "not-found", "There is no page here.");
        }
        if (file.ContentType.StartsWith("text/html", StringComparison.Ordinal))
        {
            context.Response.Headers.ContentSecurityPolicy = Policy(Encoding.UTF8.GetString(file.Content.Span));
        }
        return TypedResults.Bytes(file.Content, file.ContentType);
    }

    /// <summary>Scripts inside the page are allowed by their hashes, so one that gets into it otherwise does not run. Charts set styles of elements.</summary>
    internal static string Policy(string html)
    {
        IEnumerable<string> scripts = InlineScript().Matches(html).Select(script => $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.Groups["code"].Value)))}'").Distinct();
        return $"default-src 'none'; script-src 'self'{string.Concat(scripts)}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    [GeneratedRegex("<script(?![^>]*\\bsrc=)[^>]*>(?<code>.*?)</script>", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InlineScript();
}
