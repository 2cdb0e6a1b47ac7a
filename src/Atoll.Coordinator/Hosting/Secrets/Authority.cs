using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Hosting.Secrets;

/// <summary>
/// The run's own certificate authority: it vouches for one coordinator and for the sites that enrolled there, and nobody else believes it. ECDSA on P-256 with SHA-256.
/// </summary>
internal sealed class Authority : IDisposable
{
    private static readonly Oid ServerUse = new("1.3.6.1.5.5.7.3.1"), ClientUse = new("1.3.6.1.5.5.7.3.2");

    /// <summary>Clocks of sites may be behind.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    /// <summary>Keys stay in memory, where the system's TLS can use them from there.</summary>
    public static readonly X509KeyStorageFlags KeyStorage = OperatingSystem.IsLinux() ? X509KeyStorageFlags.EphemeralKeySet : X509KeyStorageFlags.DefaultKeySet;

    private readonly X509Certificate2 _certificate;
    private readonly TimeProvider _time;

    private Authority(X509Certificate2 certificate, TimeProvider time) => (_certificate, _time) = (certificate, time);

    /// <summary>Its certificate without the key.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>SHA-256 of its certificate, DER: what a token carries.</summary>
    public Digest Fingerprint => Digest.Of(_certificate.RawData);

    public static Authority Open(PrivateFolder folder, string run, TimeProvider time)
    {
        byte[] kept = folder.ReadOrMake("authority.pfx", () => Create(run, time));
        return new(X509CertificateLoader.LoadPkcs12(kept, null, KeyStorage), time);
    }

    /// <summary>A certificate for the coordinator's own addresses, with a new key.</summary>
    public X509Certificate2 IssueServer(IEnumerable<string> hosts)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        SubjectAlternativeNameBuilder names = new();
        foreach (string host in hosts.Append("localhost").Append("127.0.0.1").Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(host, out IPAddress? address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }
        CertificateRequest request = Request("atoll coordinator", PublicKeyOf(key), ServerUse);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = Issue(request, TimeSpan.FromDays(398));
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>A certificate over a site's own key. The site's name is its common name.</summary>
    /// <returns>PEM.</returns>
    public string IssueSite(string site, Ledger.Signing.PublicKey key)
    {
        using ECDsa open = ECDsa.Create();
        open.ImportSubjectPublicKeyInfo(Convert.FromBase64String(key.ToString()), out _);
        using X509Certificate2 certificate = Issue(Request(site, PublicKeyOf(open), ClientUse), TimeSpan.FromDays(3 * 365));
        return certificate.ExportCertificatePem();
    }

    /// <summary>Why a certificate that a client showed is not one of this authority for a client; null when it is.</summary>
    public string? WhyNot(X509Certificate2 shown)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(ClientUse);
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().LocalDateTime;
        bool holds = chain.Build(shown);
        foreach (X509ChainElement element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }
        return holds ? null : "A client certificate must be one that this run's authority issued to a site and be within its time, but this one is "
            + string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct()) + ".";
    }

    public void Dispose() => _certificate.Dispose();

    private static byte[] Create(string run, TimeProvider time)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(Named($"atoll run {run}"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using X509Certificate2 certificate = request.CreateSelfSigned(time.GetUtcNow() - Slack, time.GetUtcNow().AddYears(10));
        return certificate.Export(X509ContentType.Pkcs12);
    }

    private static CertificateRequest Request(string name, System.Security.Cryptography.X509Certificates.PublicKey key, Oid use)
    {
        CertificateRequest request = new(Named(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([use], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private X509Certificate2 Issue(CertificateRequest request, TimeSpan lifetime)
    {
        DateTimeOffset now = _time.GetUtcNow(), end = now + lifetime;
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)(serial[0] & 0x7F | 0x40); // positive, and of full length
        return request.Create(_certificate, now - Slack, end < _certificate.NotAfter ? end : _certificate.NotAfter, serial);
    }

    private static System.Security.Cryptography.X509Certificates.PublicKey PublicKeyOf(ECDsa key) => new(key);

    private static X500DistinguishedName Named(string name)
    {
        X500DistinguishedNameBuilder builder = new();
        builder.AddCommonName(name);
        return builder.Build();
    }
}
