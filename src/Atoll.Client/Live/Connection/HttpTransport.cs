using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Atoll.Client.Live.Connection;

/// <summary>How requests travel: HTTP/2 where the coordinator speaks it, bodies by HTTP/1.1, TLS 1.2 or later, and nobody believed but the pinned authority.</summary>
internal static class HttpTransport
{
    public static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(15);

    /// <summary>For a control message and its answer.</summary>
    public static readonly TimeSpan MessageTime = TimeSpan.FromSeconds(100);

    /// <summary>How long a body may stand still on its way.</summary>
    public static readonly TimeSpan StandstillTime = TimeSpan.FromSeconds(60);

    /// <param name="refused">Told why a server's certificate was not believed.</param>
    public static SocketsHttpHandler Handler(string host, PinnedAuthority authority, X509Certificate2? own, Action<string?> refused)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectTime,
            // A machine that slept, or a network that changed, leaves connections that look alive.
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        };
        handler.SslOptions.EnabledSslProtocols = System.Security.Authentication.SslProtocols.Tls12 | System.Security.Authentication.SslProtocols.Tls13;
        handler.SslOptions.CertificateRevocationCheckMode = X509RevocationMode.NoCheck; // an authority made for one run has no list; a site's key is struck off at the coordinator
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, chain, _) =>
        {
            string? reason = authority.WhyNot(shown as X509Certificate2, host, chain?.ChainPolicy.ExtraStore);
            refused(reason);
            return reason is null;
        };
        if (own is not null)
        {
            handler.SslOptions.ClientCertificates = [own];
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => own;
        }
        return handler;
    }

    public static HttpRequestMessage Message(HttpMethod method, Uri address) => new(method, address) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };

    /// <summary>Bodies go beside the messages, on a connection of their own without HTTP/2's frames and windows: half the processor time at both ends.</summary>
    public static HttpRequestMessage Body(HttpMethod method, Uri address) => new(method, address) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
}
