using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Atoll.Coordinator.Hosting;
using Atoll.Coordinator.Hosting.Secrets;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;
using Microsoft.Extensions.Logging;

namespace Atoll.Coordinator.Tests.Hosting;

/// <summary>A host over <see cref="FakeRun"/> on a free port of this machine, with real TLS, and clients for it.</summary>
internal sealed class ServedRun : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("atoll-host-");
    private readonly List<IDisposable> _clients = [];

    private ServedRun()
    {
    }

    public static string PagePolicy => "default-src 'none'; script-src 'self'";

    public FakeRun Run { get; private init; } = null!;

    public RunSecrets Secrets { get; private set; } = null!;

    public CoordinatorHost Host { get; private set; } = null!;

    public LogLines Log { get; } = new();

    public Clock Time { get; } = new();

    public string UploadFolder => Path.Combine(_folder.FullName, "uploads");

    public string SecretFolder => Path.Combine(_folder.FullName, "secrets");

    public Uri Url => new($"https://127.0.0.1:{Host.Port}");

    public static async Task<ServedRun> StartAsync(HostLimits? limits = null, Func<string, PageFile?>? page = null)
    {
        ServedRun served = new() { Run = new() };
        served.Secrets = RunSecrets.Open(served.SecretFolder, "trial", served.Time);
        served.Host = await CoordinatorHost.StartAsync(served.Run, served.Secrets, new()
        {
            Listen = new(IPAddress.Loopback, 0), UploadFolder = served.UploadFolder, Limits = limits ?? new(), Time = served.Time, Page = page ?? (_ => null), PagePolicy = PagePolicy,
            Logging = logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(served.Log),
        }, CancellationToken.None);
        return served;
    }

    public JoinToken Invite(string site, TimeSpan? lifetime = null) => Secrets.Invite([site], Url, lifetime ?? TimeSpan.FromDays(7))[0];

    /// <summary>A client that believes the run's authority alone.</summary>
    public HttpClient Client(string? secret = null, X509Certificate2? certificate = null, Version? version = null)
    {
        X509Certificate2 authority = X509Certificate2.CreateFromPem(Secrets.Authority.Pem);
        SocketsHttpHandler handler = new()
        {
            SslOptions = new()
            {
                CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authority }, RevocationMode = X509RevocationMode.NoCheck },
                ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
            },
        };
        HttpClient client = new(handler) { BaseAddress = Url, DefaultRequestVersion = version ?? HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (secret is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        }
        _clients.Add(client);
        _clients.Add(authority);
        return client;
    }

    public static EnrolmentRequest Enrolment(string site, SigningKey key) => new()
    {
        Site = site, Key = key.PublicKey, Client = "test", Summaries = new Dictionary<string, Learning.Data.Schema.TableSummary>(),
        Signed = new SignedStatement { Author = site, Statement = JsonSerializer.SerializeToElement(new { site }), Signature = "none" },
    };

    public Task<HttpResponseMessage> EnrolAsync(string secret, EnrolmentRequest request) =>
        Client(secret).PostAsJsonAsync(ProtocolPath.Enrolments, request, ProtocolJson.Default.EnrolmentRequest);

    /// <summary>Enrols a site, and gives the client with its certificate.</summary>
    public async Task<HttpClient> JoinAsync(string site, Version? version = null) => Client(certificate: await CertificateAsync(site), version: version);

    public async Task<X509Certificate2> CertificateAsync(string site)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        HttpResponseMessage response = await EnrolAsync(Invite(site).Secret, Enrolment(site, SigningKey.From(key)));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        EnrolmentReply reply = (await response.Content.ReadFromJsonAsync(ProtocolJson.Default.EnrolmentReply))!;
        using X509Certificate2 alone = X509Certificate2.CreateFromPem(reply.Certificate);
        X509Certificate2 certificate = alone.CopyWithPrivateKey(key);
        _clients.Add(certificate);
        return certificate;
    }

    public static UpdateMessage Update(byte[] body, string site = "north") => new()
    {
        Task = 5, Arm = "fedavg", Round = 1, Update = Digest.Of(body), Bytes = body.Length, Rows = 3, Steps = 1, EffectiveSteps = 1, Samples = 3, TrainingLoss = 0.5, Seconds = 1,
        Signed = new SignedStatement { Author = site, Statement = JsonSerializer.SerializeToElement(new { site }), Signature = "none" },
    };

    public static HttpRequestMessage Piece(byte[] body, int from, int length)
    {
        ByteArrayContent content = new(body, from, length);
        content.Headers.ContentRange = new ContentRangeHeaderValue(from, from + length - 1, body.Length);
        return new(HttpMethod.Put, $"{ProtocolPath.Uploads}/{Digest.Of(body)}") { Content = content, Version = HttpVersion.Version20 };
    }

    public static async Task RefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        string text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, text);
        JsonSerializer.Deserialize(text, ProtocolJson.Default.ProtocolProblem)!.Code.ShouldBe(code);
    }

    /// <summary>The host goes on serving.</summary>
    public async Task GoesOnAsync()
    {
        using HttpResponseMessage response = await Client().GetAsync("/health");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IDisposable client in _clients)
        {
            client.Dispose();
        }
        await Host.DisposeAsync();
        Secrets.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Everything that was logged.</summary>
    internal sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = [];

        public string Text => string.Join('\n', _lines);

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }

    /// <summary>The machine's clock, put forward at will.</summary>
    internal sealed class Clock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
