using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Atoll.Cli.Tests.Live;

/// <summary>Takes whatever is posted to it, as an OpenTelemetry collector does: protobuf by OTLP/HTTP, <see href="https://opentelemetry.io/docs/specs/otlp/#otlphttp"/>.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();

    private Collector()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add($"http://{IPAddress.Loopback}:0");
        _app.Run(TakeAsync);
    }

    public string Address => _app.Urls.Single();

    public static async Task<Collector> StartAsync()
    {
        Collector collector = new();
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>All that came to a path. Names and texts stand in it as they are, as protobuf has them.</summary>
    public string Received(string path) => string.Concat(_received.Where(request => request.Path == path).Select(request => Encoding.Latin1.GetString(request.Body)));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        _received.Enqueue((context.Request.Path, body.ToArray()));
        context.Response.ContentType = "application/x-protobuf"; // an empty answer: all was taken
    }
}
