using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Atoll.Ledger.Merkle;

namespace Atoll.Client.Live.Connection;

/// <summary>The only authority whose certificates are believed: the one whose hash is known beforehand, from a token or an operator. What the system trusts does not count.</summary>
public sealed class PinnedAuthority : IDisposable
{
    private static readonly Oid ServerUse = new("1.3.6.1.5.5.7.3.1");

    private readonly X509Certificate2 _certificate;
    private readonly TimeProvider _time;

    private PinnedAuthority(X509Certificate2 certificate, TimeProvider time) => (_certificate, _time) = (certificate, time);

    /// <summary>PEM.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    /// <exception cref="WrongCoordinatorException">It is no certificate, or not that of the hash.</exception>
    public static PinnedAuthority Of(string pem, Digest fingerprint, TimeProvider time)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new WrongCoordinatorException($"The coordinator must show the certificate of its authority, but what it showed is none: {e.Message}");
        }
        Digest shown = Digest.Of(certificate.RawData);
        if (shown != fingerprint)
        {
            certificate.Dispose();
            throw new WrongCoordinatorException($"The coordinator's authority must have the SHA-256 {fingerprint}, but has {shown}: this is not that run's coordinator, or somebody stands between.");
        }
        return new(certificate, time);
    }

    /// <summary>Why a server's certificate cannot be believed; null where it can.</summary>
    /// <param name="sent">What else the server sent.</param>
    public string? WhyNot(X509Certificate2? server, string host, X509Certificate2Collection? sent)
    {
        if (server is null)
        {
            return $"The coordinator at {host} must show a certificate, but showed none.";
        }
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_certificate);
        chain.ChainPolicy.ExtraStore.AddRange(sent ?? []);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(ServerUse);
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().LocalDateTime;
        if (!chain.Build(server))
        {
            return $"The certificate of {host} must be issued by its run's authority and be within its time, but it is not ({string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct())}).";
        }
        return server.MatchesHostname(host) ? null : $"The certificate must be for {host}, but is not. `atoll serve --url` says under which address sites reach the coordinator.";
    }

    public void Dispose() => _certificate.Dispose();
}
