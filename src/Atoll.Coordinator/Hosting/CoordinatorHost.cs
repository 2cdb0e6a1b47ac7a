using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Atoll.Coordinator.Hosting.Callers;
using Atoll.Coordinator.Hosting.Endpoints;
using Atoll.Coordinator.Hosting.Secrets;
using Atoll.Coordinator.Hosting.Telemetry;
using Atoll.Coordinator.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atoll.Coordinator.Hosting;

/// <summary>A live run on the network: HTTPS on one port, HTTP/2 and HTTP/1.1, for sites, operators and viewers.</summary>
public sealed class CoordinatorHost : IAsyncDisposable
{
    /// <summary>How long requests under way may take to end when the host stops.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What a connection may hold that nobody has read yet, each way. Two TLS records keep it busy; more is memory for each of a thousand sites that send, or fetch, at once, and of
    /// which most wait for their turn.
    /// </summary>
    private const int UnreadBytes = 32 << 10;

    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;
    private readonly List<IDisposable> _parts = [];
    private readonly Farewell _farewell = new();
    private readonly ConnectionGate _gate;
    private readonly BodyEndpoints _bodies;
    private readonly CancellationTokenSource _stopping = new();
    private bool _isDisposed;

    private CoordinatorHost(ILiveRun run, RunSecrets secrets, HostSettings settings)
    {
        _certificate = secrets.ServerCertificate(settings.Hosts);
        HostMetrics metrics = Own(new HostMetrics(run));
        _gate = new(settings.Limits.Strangers, settings.Limits.ConnectionsBySite, metrics);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        // A request runs on the thread that its bytes came in on, which is one of the pool's: what takes long there holds up no other connection.
        builder.WebHost.UseKestrelCore().UseSockets(sockets => (sockets.MaxReadBufferSize, sockets.MaxWriteBufferSize, sockets.UnsafePreferInlineScheduling) = (UnreadBytes, UnreadBytes, true));
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, settings));
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>>(new RecordSizedBuffers());
        builder.Services.AddRoutingCore().Configure<HostOptions>(host => host.ShutdownTimeout = StopTime).AddProtocolDescription();
        settings.Logging?.Invoke(builder.Logging);
        Exports.AddWhereAskedFor(builder.Services, builder.Configuration);
        _app = builder.Build();
        ILogger log = _app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(HostMetrics.Name);

        Answers answers = new(new(secrets, run), _gate, Own(new RequestRates(settings.Limits)), Own(new RefusalRecord(run, settings.Limits.RecordedRefusals)), run, metrics, log);
        _app.Use(next => context => answers.AnswerAsync(context, next));
        _app.UseRouting();
        RouteGroupBuilder routes = _app.MapGroup("").WithTags("Atoll"); // else OpenAPI has the name of the program
        new JoiningEndpoints(run, secrets, settings.Limits, log).Map(routes);
        new WorkEndpoints(run, _farewell, settings.Limits, metrics, _stopping.Token).Map(routes);
        _bodies = Own(new BodyEndpoints(run, new(settings.UploadFolder), settings, metrics, log));
        _bodies.Map(routes);
        new WatchingEndpoints(run, new(run, settings.Limits, settings.Time, metrics, _stopping.Token)).Map(routes);
        new OperatingEndpoints(run, settings.Limits, log, _stopping.Token).Map(routes);
        new PageEndpoints(settings.Page, settings.PagePolicy).Map(routes);
        _app.MapOpenApi(ProtocolDescription.Path);
    }

    /// <summary>The port that it listens on.</summary>
    public int Port => new Uri(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port;

    /// <summary>Starts to answer. The run and its secrets stay the caller's.</summary>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<CoordinatorHost> StartAsync(ILiveRun run, RunSecrets secrets, HostSettings settings, CancellationToken cancellation)
    {
        CoordinatorHost host = new(run, secrets, settings);
        try
        {
            await host._app.StartAsync(cancellation);
            host._app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(HostMetrics.Name).Answering($"{settings.Listen.Address}:{host.Port}", secrets.Run);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>The sites that were told that the run is over.</summary>
    public IReadOnlyList<string> Told => _farewell.Sites;

    /// <summary>Completes when all of these sites were told that the run is over.</summary>
    public Task AllToldAsync(IReadOnlyCollection<string> sites, CancellationToken cancellation) => _farewell.AllAsync(sites, cancellation);

    /// <summary>Completes when no site is connected any more.</summary>
    public Task AllGoneAsync(CancellationToken cancellation) => _gate.AllGoneAsync(cancellation);

    /// <summary>Whether a model is on its way to somebody.</summary>
    public bool IsSending => _bodies.IsSending;

    /// <summary>Ends what waits, lets requests under way end, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }
        await _stopping.CancelAsync();
        using (CancellationTokenSource patience = new(StopTime))
        {
            await _app.StopAsync(patience.Token);
        }
        await _app.DisposeAsync();
        foreach (IDisposable part in _parts)
        {
            part.Dispose();
        }
        _certificate.Dispose();
        _stopping.Dispose();
    }

    private void Configure(KestrelServerOptions kestrel, HostSettings settings)
    {
        HostLimits limits = settings.Limits;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = limits.Connections;
        kestrel.Limits.MaxRequestBodySize = limits.MessageBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.Limits.MaxRequestLineSize = 4 << 10;
        kestrel.Limits.MaxRequestBufferSize = 256 << 10;
        kestrel.Limits.MaxResponseBufferSize = UnreadBytes;
        kestrel.Limits.RequestHeadersTimeout = limits.Headers;
        kestrel.Limits.KeepAliveTimeout = limits.Idle;
        kestrel.Limits.MinRequestBodyDataRate = new(limits.BodyBytesPerSecond, limits.BodyGrace);
        kestrel.Limits.MinResponseDataRate = new(limits.BodyBytesPerSecond, limits.BodyGrace);
        kestrel.Limits.Http2.MaxStreamsPerConnection = 32;
        kestrel.Limits.Http2.InitialStreamWindowSize = 256 << 10;
        kestrel.Limits.Http2.InitialConnectionWindowSize = 512 << 10;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(20);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        kestrel.Listen(settings.Listen, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.Use(next => connection => _gate.PassAsync(connection, next));
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = _certificate,
                SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                HandshakeTimeout = limits.Handshake,
                // Whoever shows a certificate is judged when a request needs one, so that a refusal has a reason.
                ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                ClientCertificateValidation = (_, _, _) => true,
                OnAuthenticate = (_, tls) => tls.CertificateChainPolicy = new()
                {
                    RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true, // a certificate that names an address must not make the coordinator go there
                },
            });
        });
    }

    private T Own<T>(T part) where T : IDisposable
    {
        _parts.Add(part);
        return part;
    }
}
