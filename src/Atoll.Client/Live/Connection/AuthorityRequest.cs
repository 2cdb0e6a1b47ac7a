using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;

namespace Atoll.Client.Live.Connection;

/// <summary>
/// Asks for the certificate of the coordinator's authority. The one request whose answer comes from someone who has not proven anything: it carries no secret,
/// and what it brings is believed only if it has the hash that the token carries.
/// </summary>
internal static class AuthorityRequest
{
    private const int MaximumBytes = 64 << 10;

    /// <exception cref="WrongCoordinatorException">Whoever answered is not the coordinator that the token names.</exception>
    public static async Task<PinnedAuthority> SendAsync(Uri url, Digest fingerprint, IAuditLog audit, Persistence persistence, TimeProvider time, CancellationToken cancellation)
    {
        using SocketsHttpHandler handler = new() { UseProxy = true, AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = HttpTransport.ConnectTime };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null;
        using HttpClient client = new(handler) { MaxResponseContentBufferSize = MaximumBytes, Timeout = HttpTransport.MessageTime };
        string pem = await persistence.TryAsync(async _ =>
        {
            audit.Sends("GET", ProtocolPath.Authority, null);
            using HttpRequestMessage request = HttpTransport.Message(HttpMethod.Get, new Uri(url, ProtocolPath.Authority));
            using HttpResponseMessage response = await client.SendAsync(request, cancellation).ConfigureAwait(false);
            if (Refusal.IsTransient(response.StatusCode))
            {
                throw new TransientException($"it answered {(int)response.StatusCode}");
            }
            return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false)
                : throw new WrongCoordinatorException($"{url} must be a coordinator and answer {ProtocolPath.Authority}, but answered {(int)response.StatusCode}.");
        }, cancellation).ConfigureAwait(false);
        return PinnedAuthority.Of(pem, fingerprint, time);
    }
}
