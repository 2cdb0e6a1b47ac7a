using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Atoll.Client.Live.Connection;
using Atoll.Client.Live.Folder;
using Atoll.Client.Live.Work;
using Atoll.Experiments.Protocol;
using Atoll.Learning.Data;

namespace Atoll.Client.Live;

/// <summary>
/// A site's part in a run, from where its folder says it is: enrols where it has not, answers what was trained and not answered, and works until the run is over.
/// However often it is started, nothing is agreed to, trained or counted twice.
/// </summary>
public sealed class SiteSession : IDisposable
{
    private readonly SiteSettings _settings;
    private readonly SiteFolder _folder;
    private readonly SiteIdentity _identity;
    private readonly AuditLog _audit;
    private readonly PinnedAuthority _authority;
    private readonly Signer _signer;
    private readonly Persistence _persistence;

    /// <param name="folder">Of a site whose operator has agreed (<see cref="SiteInvitation.Accept"/>).</param>
    /// <param name="moved">Where the coordinator is reached from now on; null: where it was.</param>
    /// <param name="data">Full paths of the files that the data has moved to; null: where it was.</param>
    /// <exception cref="SiteFolderException">It is none, or damaged, or the data is no longer what it was.</exception>
    /// <exception cref="IOException">It is in use.</exception>
    public SiteSession(string folder, SiteSettings settings, Uri? moved = null, IReadOnlyList<string>? data = null)
    {
        if (!SiteFolder.Holds(folder))
        {
            throw new SiteFolderException($"{folder} must be the folder of a site that has joined, but is none. To join, give the token that `atoll serve` printed.");
        }
        _settings = settings;
        _folder = new(folder);
        try
        {
            _identity = _folder.Identity!;
            _identity = _identity with { Data = data ?? _identity.Data };
            RequireSameData(_identity);
            if (data is not null)
            {
                _folder.Identity = _identity;
            }
            _identity = _identity with { Url = moved ?? _identity.Url };
            _authority = _folder.AuthorityOf(_identity.Authority, settings.Time);
            _audit = new(settings.Time);
            _audit.KeepIn(_folder.AuditFile);
            _signer = new(_folder.Key, _identity.Run, _identity.Site);
            _persistence = settings.NewPersistence();
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    /// <summary>Whether there is a site in a folder whose operator has agreed.</summary>
    public static bool IsThere(string folder) => SiteFolder.Holds(folder);

    /// <summary>Whether it is enrolled, too: then it needs no token any more.</summary>
    public static bool HasJoined(string folder) => SiteFolder.IsEnrolledIn(folder);

    /// <summary>What the site agreed to.</summary>
    public SiteIdentity Identity => _identity;

    public string Folder => _folder.Path;

    /// <param name="read">Reads the site's files, held against the run's description.</param>
    /// <exception cref="CoordinatorRefusedException">The coordinator refused the site for good.</exception>
    /// <exception cref="ProtocolException">It answered what the protocol does not allow.</exception>
    /// <exception cref="WrongCoordinatorException">It is not the one that made the token, or its heads are not its own.</exception>
    /// <exception cref="Ledger.Heads.DifferentHistoryException">It signed two histories.</exception>
    /// <exception cref="DataException">The rows do not fit what all sites agreed on.</exception>
    public async Task<SiteOutcome> RunAsync(Func<RunDescription, IReadOnlyList<string>, ISiteRows> read, CancellationToken cancellation)
    {
        ISiteRows? rows = _folder.IsEnrolled ? null : await EnrolAsync(read, cancellation).ConfigureAwait(false);
        using X509Certificate2 own = _folder.Certificate();
        using CoordinatorConnection coordinator = CoordinatorConnection.Open(_identity.Url, _authority, own, null, isFirst: false, _audit, _persistence, _settings.Time);
        RunDescription description = await coordinator.DescribeAsync(cancellation).ConfigureAwait(false);
        Agreement.Require(_identity, description);
        if (_folder.Identity!.Url != _identity.Url)
        {
            _folder.Identity = _identity; // it is there
        }
        HeadWatch heads = new(_folder, _identity, coordinator);
        await heads.LookAsync(cancellation).ConfigureAwait(false);
        SiteWork work = new(_folder, coordinator, _signer, heads, _settings, description, rows ?? read(description, _identity.Data));
        return await work.RunAsync(cancellation).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _audit.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    private static void RequireSameData(SiteIdentity identity)
    {
        string files = string.Join(", ", identity.Data);
        if (identity.Data.FirstOrDefault(file => !File.Exists(file)) is { } gone)
        {
            throw new SiteFolderException($"The data must stay where it was when the site joined, but {gone} is not there. Where it has moved, name it with --data.");
        }
        if (Agreement.HashOf(identity.Data) != identity.DataHash)
        {
            throw new SiteFolderException($"The data must stay what it was when the site joined, but {files} is other data. Restore it, or join another run with it.");
        }
    }

    /// <returns>The rows, where they had to be read.</returns>
    private async Task<ISiteRows?> EnrolAsync(Func<RunDescription, IReadOnlyList<string>, ISiteRows> read, CancellationToken cancellation)
    {
        string secret = _folder.Secret ?? throw new SiteFolderException($"{_folder.Path} must have a certificate or a token, but has neither. Give the token again.");
        using CoordinatorConnection coordinator = CoordinatorConnection.Open(_identity.Url, _authority, null, secret, isFirst: true, _audit, _persistence, _settings.Time);
        ISiteRows? rows = null;
        if (_folder.Enrolment is null)
        {
            RunDescription description = await coordinator.DescribeAsync(cancellation).ConfigureAwait(false);
            Agreement.Require(_identity, description);
            rows = read(description, _identity.Data);
            _folder.Enrolment = JsonSerializer.SerializeToUtf8Bytes(new()
            {
                Site = _identity.Site,
                Key = _folder.Key.PublicKey,
                Client = _settings.Client,
                Summaries = rows.Summaries,
                Declares = _identity.Declares,
                Signed = _signer.Enrolment(),
            }, ProtocolJson.Default.EnrolmentRequest);
        }
        EnrolmentReply reply;
        try
        {
            reply = await coordinator.EnrolAsync(_folder.Enrolment!, cancellation).ConfigureAwait(false);
        }
        catch (CoordinatorRefusedException refused) when (!refused.IsOfSite)
        {
            _folder.Enrolment = null; // what it says was not taken: the next start says it anew
            throw;
        }
        _folder.KeepCertificate(reply.Certificate);
        _folder.Secret = null;
        _settings.Say("enrolled", $"Enrolled as {_identity.Site} in {_identity.Run}: entry {reply.Entry} of its ledger.");
        return rows;
    }
}
