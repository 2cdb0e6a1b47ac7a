using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Atoll.Client.Live.Connection;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;

namespace Atoll.Client.Live.Folder;

/// <summary>
/// All that a site keeps between starts, in one folder that only its owner reads: key, certificate, what it agreed to, the heads that it saw, the task under way.
/// One process at a time.
/// </summary>
/// <remarks><c>docs/joining.md</c> lists the files.</remarks>
internal sealed class SiteFolder : IDisposable
{
    private const string IdentityName = "site.json", KeyName = "site.key", CertificateName = "certificate.pem", AuthorityName = "authority.pem", TokenName = "token",
        EnrolmentName = "enrolment.json", SchemasName = "schemas.json", PreparationName = "preparation.json";

    private readonly PrivateFiles _files;
    private readonly FileStream _lock;
    private SigningKey? _key;

    /// <param name="path">Made if need be.</param>
    /// <exception cref="IOException">Another process uses it, or others can read it.</exception>
    public SiteFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        _files = new(Path);
        try
        {
            _lock = new(_files.At("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException($"{Path} is in use by another process: a site's folder serves one at a time ({e.Message}).", e);
        }
        Witness = new(_files.Subfolder("heads"));
        States = new(_files.Subfolder("states"));
        Task = new(_files.Subfolder("task"));
        Models = new(_files.Subfolder("models"));
    }

    /// <summary>Whether there is a site in a folder.</summary>
    public static bool Holds(string path) => File.Exists(System.IO.Path.Combine(path, IdentityName));

    public static bool IsEnrolledIn(string path) => Holds(path) && File.Exists(System.IO.Path.Combine(path, CertificateName));

    public string Path { get; }

    public Witness Witness { get; }

    public SiteStates States { get; }

    public TaskFiles Task { get; }

    public ModelCache Models { get; }

    public string AuditFile => _files.At(AuditLog.Name);

    /// <summary>Where the trained models lie in the end.</summary>
    public string Results => _files.Subfolder("results");

    /// <summary>Null before the operator has agreed.</summary>
    public SiteIdentity? Identity
    {
        get => _files.Read(IdentityName, SiteJson.Default.SiteIdentity);
        set => _files.Write(IdentityName, value!, SiteJson.Default.SiteIdentity);
    }

    /// <summary>The site's own; made at the first use.</summary>
    /// <exception cref="SiteFolderException">It is damaged, or gone although it was shown to the coordinator: another would not be the site's.</exception>
    public SigningKey Key
    {
        get
        {
            if (_key is null && _files.Read(KeyName) is { } kept)
            {
                try
                {
                    _key = SigningKey.FromPkcs8(kept);
                }
                catch (CryptographicException e)
                {
                    throw _files.Damaged(KeyName, e);
                }
                CryptographicOperations.ZeroMemory(kept);
            }
            if (_key is null && (IsEnrolled || _files.Has(EnrolmentName)))
            {
                throw _files.Damaged(KeyName);
            }
            if (_key is null)
            {
                _key = SigningKey.Create();
                _files.Write(KeyName, _key.ExportPkcs8());
            }
            return _key;
        }
    }

    /// <summary>The token's secret, from the operator's yes until the site has its certificate.</summary>
    public string? Secret
    {
        get => _files.Read(TokenName) is { } kept ? System.Text.Encoding.ASCII.GetString(kept) : null;
        set => Keep(TokenName, value is null ? null : System.Text.Encoding.ASCII.GetBytes(value));
    }

    /// <summary>The authority that the coordinator's certificates are of.</summary>
    /// <param name="fingerprint">What the site agreed to.</param>
    /// <exception cref="SiteFolderException">It is damaged.</exception>
    public PinnedAuthority AuthorityOf(Digest fingerprint, TimeProvider time)
    {
        try
        {
            return _files.Read(AuthorityName) is { } kept ? PinnedAuthority.Of(System.Text.Encoding.UTF8.GetString(kept), fingerprint, time) : throw _files.Damaged(AuthorityName);
        }
        catch (WrongCoordinatorException e)
        {
            throw _files.Damaged(AuthorityName, e);
        }
    }

    /// <param name="pem">Of its certificate.</param>
    public void KeepAuthority(string pem) => _files.Write(AuthorityName, System.Text.Encoding.UTF8.GetBytes(pem));

    /// <summary>The enrolment as it was signed: sent again in the same words until it is answered.</summary>
    public byte[]? Enrolment
    {
        get => _files.Read(EnrolmentName);
        set => Keep(EnrolmentName, value);
    }

    /// <summary>The schemas of all arms, once they are known.</summary>
    public PrepareWork? Schemas
    {
        get => _files.Read(SchemasName, SiteJson.Default.PrepareWork);
        set => _files.Write(SchemasName, value!, SiteJson.Default.PrepareWork);
    }

    /// <summary>The preparation as it was signed.</summary>
    public PreparationMessage? Preparation
    {
        get => _files.Read(PreparationName, SiteJson.Default.PreparationMessage);
        set => _files.Write(PreparationName, value!, SiteJson.Default.PreparationMessage);
    }

    public bool IsEnrolled => _files.Has(CertificateName);

    /// <summary>The certificate that the coordinator issued, with the site's key.</summary>
    /// <exception cref="ProtocolException">It is none, or over another key.</exception>
    public X509Certificate2 Certificate()
    {
        using ECDsa key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Key.ExportPkcs8(), out _);
        try
        {
            using X509Certificate2 bare = X509Certificate2.CreateFromPem(System.Text.Encoding.UTF8.GetString(_files.Read(CertificateName)!));
            X509Certificate2 whole = bare.CopyWithPrivateKey(key);
            if (!OperatingSystem.IsWindows())
            {
                return whole;
            }
            using (whole)
            {
                return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null); // Windows' TLS takes keys from its own store only
            }
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new ProtocolException($"The site's certificate must be over its own key, but what the coordinator issued is not: {e.Message}", e);
        }
    }

    public void KeepCertificate(string pem) => _files.Write(CertificateName, System.Text.Encoding.UTF8.GetBytes(pem));

    public void Dispose()
    {
        _key?.Dispose();
        _lock.Dispose();
    }

    private void Keep(string name, byte[]? content)
    {
        if (content is null)
        {
            _files.Delete(name);
        }
        else
        {
            _files.Write(name, content);
        }
    }
}
