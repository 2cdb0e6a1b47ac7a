using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atoll.Coordinator.Hosting.Endpoints;

/// <summary>The live page and its files. It loads from here alone, and no script inside the page runs.</summary>
internal sealed class PageEndpoints(Func<string, PageFile?> page, string policy)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (HttpContext context) => Show(context, "")).ExcludeFromDescription();
        routes.MapGet("/assets/{**path}", (HttpContext context, string path) => Show(context, "assets/" + path)).ExcludeFromDescription();
    }

    private FileContentHttpResult Show(HttpContext context, string path)
    {
        if (page(path) is not { } file)
        {
            throw new RequestRefusedException(StatusCodes.Status404NotFound, "not-found", "There is no page here.");
        }
        context.Response.Headers.ContentSecurityPolicy = policy;
        if (path.Length > 0)
        {
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable"; // files other than the page have their hash in their name
        }
        return TypedResults.Bytes(file.Content, file.ContentType);
    }
}
