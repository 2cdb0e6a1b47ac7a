using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Atoll.Client.Live.Connection;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;

namespace Atoll.Cli.Serving;

/// <summary>A run's status from its coordinator, which must have a certificate of the authority that was named.</summary>
internal sealed class CoordinatorStatus(Uri address, Digest authority, TimeProvider time) : IStatusSource
{
    private const int MaximumBytes = 64 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private HttpClient? _client;
    private PinnedAuthority? _pinned;
    private string? _mistrust;

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
        _pinned?.Dispose();
    }

    /// <summary>The authority's certificate comes over a connection that proves nothing and carries nothing; it counts because it has the hash.</summary>
    private async Task<HttpClient> ConnectAsync(CancellationToken cancellation)
    {
        string pem;
        using (HttpClient asking = Client((_, shown, _, _) => shown is not null))
        {
            using HttpResponseMessage response = await SendAsync(asking, ProtocolPath.Authority, cancellation);
            pem = response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(cancellation) : throw NoCoordinator(ProtocolPath.Authority, response.StatusCode);
        }
        try
        {
            PinnedAuthority pinned = _pinned = PinnedAuthority.Of(pem, authority, time);
            return Client((_, shown, chain, _) => (_mistrust = pinned.WhyNot(shown as X509Certificate2, address.Host, chain?.ChainPolicy.ExtraStore)) is null);
        }
        catch (WrongCoordinatorException e)
        {
            throw new CommandException(ExitCode.Failure, $"{address}: {e.Message}", e);
        }
    }

    private static HttpClient Client(RemoteCertificateValidationCallback believes)
    {
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = Patience };
        handler.SslOptions.RemoteCertificateValidationCallback = believes;
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
            throw new CommandException(ExitCode.Failure, $"{address} is not believed: {_mistrust ?? e.InnerException?.Message ?? e.Message}", e);
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
