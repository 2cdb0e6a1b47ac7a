using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Atoll.Client.Live.Connection;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;

namespace Atoll.Cli.Serving;

/// <summary>Requests to a coordinator, which must have a certificate of the authority that was named.</summary>
internal sealed class PinnedCoordinator(Uri address, Digest authority, TimeProvider time) : IDisposable
{
    private const int MaximumBytes = 64 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private HttpClient? _client;
    private PinnedAuthority? _pinned;
    private string? _mistrust;

    public Uri Address => address;

    /// <param name="run">An address, as the command line has it.</param>
    /// <param name="authority">As the command line has it; null where it was not given.</param>
    /// <exception cref="CommandException">It is none, or it was not said whose certificates to believe.</exception>
    public static PinnedCoordinator At(string run, string? authority, TimeProvider time)
    {
        if (!Uri.TryCreate(run, UriKind.Absolute, out Uri? address) || address.Scheme != Uri.UriSchemeHttps)
        {
            throw new CommandException(ExitCode.Usage, $"A coordinator's address must be https://host:port (was '{run}').");
        }
        return new(address, AuthorityPin.Of(authority ?? throw new CommandException(ExitCode.Usage,
            $"{run} must show a certificate of its run's own authority, and it must be said which that is: add --authority SHA256, which `atoll serve` printed when it started. "
            + "Where the run's folder is at hand, give that: --authority RUN.")), time);
    }

    /// <exception cref="IOException">Nobody answers now.</exception>
    /// <exception cref="CommandException">Whoever answers is not believed.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Action<HttpRequestMessage>? fill, CancellationToken cancellation)
    {
        _client ??= await ConnectAsync(cancellation);
        HttpResponseMessage response = await SendAsync(_client, method, path, fill, cancellation);
        if (response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
        {
            return response;
        }
        response.Dispose();
        throw new IOException($"The coordinator {address} is there, but answered {(int)response.StatusCode}: ask again later.");
    }

    public CommandException IsNone(string path, HttpStatusCode answered) =>
        new(ExitCode.Failure, $"{address} must be a coordinator of Atoll and answer {path}, but answered {(int)answered}.");

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
            using HttpResponseMessage response = await SendAsync(asking, HttpMethod.Get, ProtocolPath.Authority, null, cancellation);
            pem = response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(cancellation) : throw IsNone(ProtocolPath.Authority, response.StatusCode);
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

    private async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, Action<HttpRequestMessage>? fill, CancellationToken cancellation)
    {
        try
        {
            using HttpRequestMessage request = new(method, new Uri(address, path));
            fill?.Invoke(request);
            return await client.SendAsync(request, cancellation);
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
}
