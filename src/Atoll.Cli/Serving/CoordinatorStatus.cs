using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;

namespace Atoll.Cli.Serving;

/// <summary>A run's status from its coordinator, which must have a certificate of the authority that was named; what the system trusts does not count.</summary>
internal sealed class CoordinatorStatus(Uri address, Digest authority, TimeProvider time) : IStatusSource
{
    private const int MaximumBytes = 64 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private HttpClient? _client;
    private X509Certificate2? _root;

    public async Task<RunStatus> ReadAsync(CancellationToken cancellation)
    {
        _client ??= await ConnectAsync(cancellation);
        using HttpResponseMessage response = await SendAsync(_client, ProtocolPath.Status, cancellation);
        if (response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests)
        {
            throw new IOException($"The coordinator {address} is there, but answered {(int)response.StatusCode}: ask again later.");
        }
        if (!response.IsSuccessStatusCode)
        {
            throw NoCoordinator(ProtocolPath.Status, response.StatusCode);
        }
        try
        {
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellation);
            return await JsonSerializer.DeserializeAsync(body, ProtocolJson.Default.RunStatus, cancellation) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new CommandException(ExitCode.Failure, $"What {address} says of its run is not what this version of Atoll knows: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        _root?.Dispose();
    }

    /// <summary>The authority's certificate comes over a connection that proves nothing and carries nothing; it counts because it has the hash.</summary>
    private async Task<HttpClient> ConnectAsync(CancellationToken cancellation)
    {
        string pem;
        using (HttpClient asking = Client(ssl => ssl.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null))
        {
            using HttpResponseMessage response = await SendAsync(asking, ProtocolPath.Authority, cancellation);
            pem = response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(cancellation) : throw NoCoordinator(ProtocolPath.Authority, response.StatusCode);
        }
        X509Certificate2 shown;
        try
        {
            shown = X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new CommandException(ExitCode.Failure, $"{address} must show the certificate of its run's authority, but what it showed is none: {e.Message}", e);
        }
        if (Digest.Of(shown.RawData) is var hash && hash != authority)
        {
            shown.Dispose();
            throw new CommandException(ExitCode.Failure, $"The authority of {address} must have the SHA-256 {authority}, but has {hash}: this is not that run's coordinator, or somebody stands between.");
        }
        _root = shown;
        return Client(ssl => ssl.CertificateChainPolicy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { shown },
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = time.GetUtcNow().LocalDateTime,
            VerificationTimeIgnored = false,
        });
    }

    private static HttpClient Client(Action<SslClientAuthenticationOptions> trust)
    {
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = Patience };
        trust(handler.SslOptions);
        return new(handler) { Timeout = Patience, MaxResponseContentBufferSize = MaximumBytes };
    }

    private async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, CancellationToken cancellation)
    {
        try
        {
            return await client.GetAsync(new Uri(address, path), cancellation);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw new CommandException(ExitCode.Failure, $"The certificate of {address} must be one of its run's authority for this host and time, but is not: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch (HttpRequestException e)
        {
            throw new IOException($"No coordinator answers at {address}: {e.Message}", e);
        }
        catch (TaskCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"The coordinator {address} did not answer within {Patience.TotalSeconds:0} s.", e);
        }
    }

    private CommandException NoCoordinator(string path, HttpStatusCode answered) =>
        new(ExitCode.Failure, $"{address} must be a coordinator of Atoll and answer {path}, but answered {(int)answered}.");
}
