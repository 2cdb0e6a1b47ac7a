using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;

namespace Atoll.Benchmarks.Load;

/// <summary>The authority that all of a run's sites believe, fetched once; a server's certificate is looked at once for all of them.</summary>
internal sealed class LoadAuthority : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    private LoadAuthority(X509Certificate2 certificate) => _certificate = certificate;

    public static async Task<LoadAuthority> FetchAsync(JoinToken token, CancellationToken cancellation)
    {
        using SocketsHttpHandler handler = new();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null; // what it brings is believed by its hash
        using HttpClient client = new(handler) { DefaultRequestVersion = HttpVersion.Version20 };
        X509Certificate2 certificate = X509Certificate2.CreateFromPem(await client.GetStringAsync(new Uri(token.Url, ProtocolPath.Authority), cancellation));
        Require.That(Digest.Of(certificate.RawData) == token.Authority, $"The coordinator's authority must be the one that its tokens name.");
        return new(certificate);
    }

    public bool Believes(X509Certificate? server) => server is X509Certificate2 shown && _seen.GetOrAdd(shown.Thumbprint, _ => IsIssued(shown));

    public void Dispose() => _certificate.Dispose();

    private bool IsIssued(X509Certificate2 server)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(server);
    }
}
