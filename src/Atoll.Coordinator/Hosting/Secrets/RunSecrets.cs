using System.Security.Cryptography.X509Certificates;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;

namespace Atoll.Coordinator.Hosting.Secrets;

/// <summary>Everything secret about a run, in one private folder: the ledger's signing key, the authority, the coordinator's certificate, and hashes of tokens.</summary>
public sealed class RunSecrets : IDisposable
{
    private static readonly TimeSpan Renewal = TimeSpan.FromDays(30);

    private readonly PrivateFolder _folder;
    private readonly TimeProvider _time;
    private readonly OperatorToken _operator;

    private RunSecrets(PrivateFolder folder, string run, TimeProvider time)
    {
        (_folder, Run, _time) = (folder, run, time);
        SigningKey = SigningKey.FromPkcs8(folder.ReadOrMake("ledger.key", () =>
        {
            using SigningKey made = SigningKey.Create();
            return made.ExportPkcs8();
        }));
        Authority = Authority.Open(folder, run, time);
        Invitations = new(folder, time);
        _operator = OperatorToken.Open(folder);
    }

    public string Run { get; }

    /// <summary>What tree heads are signed with.</summary>
    public SigningKey SigningKey { get; }

    /// <summary>The operator's token where this is the run's first start: shown once, and kept nowhere.</summary>
    public string? NewOperatorToken => _operator.New;

    /// <summary>SHA-256 of the authority's certificate, which every token carries.</summary>
    public Digest AuthorityFingerprint => Authority.Fingerprint;

    internal Authority Authority { get; }

    internal Invitations Invitations { get; }

    /// <param name="folder">Made where it is not there yet.</param>
    /// <exception cref="IOException">Others can read the folder.</exception>
    public static RunSecrets Open(string folder, string run, TimeProvider time) => new(new(folder), run, time);

    /// <summary>A new token for each site. Those given out before hold on until they expire.</summary>
    /// <param name="url">The coordinator, as sites reach it.</param>
    public IReadOnlyList<JoinToken> Invite(IEnumerable<string> sites, Uri url, TimeSpan lifetime) =>
        [.. Invitations.Invite(sites, lifetime).Select(given => new JoinToken
        {
            Url = url, Run = Run, Site = given.Key, Secret = given.Value.Secret, Authority = Authority.Fingerprint, Expires = given.Value.Expires,
        })];

    internal bool IsOperator(string secret) => _operator.Is(secret);

    /// <summary>The coordinator's certificate for these hosts: the one from before where it still serves.</summary>
    internal X509Certificate2 ServerCertificate(IReadOnlyCollection<string> hosts)
    {
        const string name = "server.pfx";
        if (_folder.Read(name) is { } kept)
        {
            X509Certificate2 certificate = Load(kept);
            if (certificate.NotAfter - Renewal > _time.GetUtcNow().LocalDateTime && hosts.All(host => certificate.MatchesHostname(host)))
            {
                return certificate;
            }
            certificate.Dispose();
        }
        using X509Certificate2 made = Authority.IssueServer(hosts);
        byte[] bytes = made.Export(X509ContentType.Pkcs12);
        _folder.Write(name, bytes);
        return Load(bytes);
    }

    public void Dispose()
    {
        SigningKey.Dispose();
        Authority.Dispose();
    }

    private static X509Certificate2 Load(byte[] pkcs12) => X509CertificateLoader.LoadPkcs12(pkcs12, null, Authority.KeyStorage);
}
