using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Atoll.Dashboard.Live;
using Atoll.Experiments.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Atoll.Dashboard.Tests.Live;

/// <summary>A coordinator as the live page sees one: its files, a status, and events; what they say is the test's to tell.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Channel<string>> _watchers = [];
    private readonly TaskCompletionSource _watched = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _app;
    private CancellationTokenSource _ending = new();
    private int _port;
    private RunStatus _status;

    private LiveServer(RunStatus status) => _status = status;

    public Uri Address => new($"http://127.0.0.1:{_port}/");

    /// <summary>Whether it has no events for anybody.</summary>
    public bool RefusesEvents { get; set; }

    /// <summary>What browsers that came back said they had heard last.</summary>
    public List<string> LastEventIds { get; } = [];

    /// <summary>Somebody has come for the events.</summary>
    public Task Watched => _watched.Task;

    public static async Task<LiveServer> StartAsync(RunStatus status)
    {
        LiveServer server = new(status);
        await server.StartAsync();
        return server;
    }

    /// <summary>At the address it had, if it had one.</summary>
    public async Task StartAsync()
    {
        _ending = new();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port));
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = LivePage.Policy;
            return next(context);
        });
        _app.MapGet(ProtocolPath.Status, Status);
        _app.MapGet(ProtocolPath.Events, EventsAsync);
        _app.MapGet("/{**path}", (string? path) => LivePage.Find(path ?? "") is { } asset ? Results.Bytes(asset.Bytes, asset.ContentType) : Results.NotFound());
        await _app.StartAsync();
        _port = new Uri(_app.Urls.Single()).Port;
    }

    /// <summary>As after <c>kill -9</c>: connections break, and nobody answers.</summary>
    public async Task KillAsync()
    {
        await _ending.CancelAsync();
        await _app!.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _app = null;
    }

    public void Tell(RunStatus status)
    {
        _status = status;
        Send("status", null, Json(status));
    }

    public void Enter(string line, long index) => Send("entry", index, line);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await KillAsync();
        }

        _ending.Dispose();
    }

    private static string Json(RunStatus status) => JsonSerializer.Serialize(status, ProtocolJson.Default.RunStatus);

    private void Send(string kind, long? id, string data)
    {
        lock (_lock)
        {
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite((id is { } index ? $"id: {index}\n" : "") + $"event: {kind}\ndata: {data}\n\n");
            }
        }
    }

    private IResult Status() => Results.Text(Json(_status), "application/json");

    private async Task EventsAsync(HttpContext context)
    {
        if (RefusesEvents)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var channel = Channel.CreateUnbounded<string>();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token, context.RequestAborted);
        lock (_lock)
        {
            LastEventIds.AddRange(context.Request.Headers["Last-Event-ID"].OfType<string>());
            _watchers.Add(channel);
        }

        _watched.TrySetResult();

        channel.Writer.TryWrite($"retry: 300\nevent: status\ndata: {Json(_status)}\n\n");
        context.Response.ContentType = "text/event-stream";
        try
        {
            await foreach (var text in channel.Reader.ReadAllAsync(ended.Token))
            {
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), ended.Token);
                await context.Response.Body.FlushAsync(ended.Token);
            }
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            lock (_lock)
            {
                _watchers.Remove(channel);
            }
        }
    }
}
