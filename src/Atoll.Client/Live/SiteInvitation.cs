using Atoll.Client.Live.Connection;
using Atoll.Client.Live.Folder;
using Atoll.Experiments;
using Atoll.Experiments.Live;
using Atoll.Experiments.Protocol;
using Atoll.Learning.Data;
using Atoll.Ledger.Merkle;

namespace Atoll.Client.Live;

/// <summary>A token, held against the coordinator that it names: what the site is invited to. The token is not used up, and nothing is written.</summary>
public sealed class SiteInvitation : IDisposable
{
    private readonly JoinToken _token;
    private readonly SiteSettings _settings;
    private readonly PinnedAuthority _authority;
    private readonly AuditLog _audit;

    private SiteInvitation(JoinToken token, SiteSettings settings, PinnedAuthority authority, AuditLog audit, RunDescription description, Experiment experiment) =>
        (_token, _settings, _authority, _audit, Description, Experiment) = (token, settings, authority, audit, description, experiment);

    public RunDescription Description { get; }

    public Experiment Experiment { get; }

    /// <exception cref="WrongCoordinatorException">Whoever answers is not the coordinator that made the token.</exception>
    /// <exception cref="CoordinatorRefusedException">It does not take the token.</exception>
    /// <exception cref="ProtocolException">Its answer is none, or of another run or site than the token.</exception>
    public static async Task<SiteInvitation> OpenAsync(JoinToken token, SiteSettings settings, CancellationToken cancellation)
    {
        if (token.Expires <= settings.Time.GetUtcNow())
        {
            throw new ExpiredTokenException($"A token must be used before it expires, but this one expired at {token.Expires:u}. `atoll serve` prints a new one when it is started again.");
        }
        AuditLog audit = new(settings.Time);
        Persistence persistence = settings.NewPersistence();
        PinnedAuthority authority = await AuthorityRequest.SendAsync(token.Url, token.Authority, audit, persistence, settings.Time, cancellation).ConfigureAwait(false);
        try
        {
            using CoordinatorConnection coordinator = CoordinatorConnection.Open(token.Url, authority, null, token.Secret, isFirst: true, audit, persistence, settings.Time);
            RunDescription description = await coordinator.DescribeAsync(cancellation).ConfigureAwait(false);
            if ((description.Run, description.Site) != (token.Run, token.Site))
            {
                throw new ProtocolException($"The token invites {token.Site} to {token.Run}, but the coordinator speaks of {description.Site} and {description.Run}.");
            }
            return new(token, settings, authority, audit, description, Agreement.ExperimentOf(description));
        }
        catch
        {
            authority.Dispose();
            throw;
        }
    }

    /// <summary>Holds what a site would tell against what those told that are in, as the coordinator will: here, before anything is sent.</summary>
    /// <exception cref="DataException">They do not go together: the message names arm, site and column.</exception>
    public void RequireTogether(ISiteRows rows) => new JoinedSummaries(Experiment, Description.Joined).Add(Description.Site, rows.Summaries);

    /// <summary>The operator agreed: from here on there is a folder. Nothing has been sent yet but the questions.</summary>
    /// <param name="data">Full paths of the data's files.</param>
    /// <exception cref="IOException">The folder cannot be used, or is that of another site.</exception>
    public void Accept(string folder, IReadOnlyList<string> data, SiteDeclaration? declares)
    {
        using SiteFolder site = new(folder);
        if (site.Identity is { } other && (other.Run, other.Site, other.Authority) != (_token.Run, _token.Site, _token.Authority))
        {
            throw new IOException($"{site.Path} belongs to {other.Site} in {other.Run}: choose another folder with --state.");
        }
        Digest hash = Agreement.HashOf(data);
        if (site.Identity is { } before && before.DataHash != hash)
        {
            site.Enrolment = null; // it tells of other data
        }
        site.KeepAuthority(_authority.Pem);
        site.Secret = _token.Secret;
        site.Identity = new()
        {
            Url = _token.Url,
            Run = _token.Run,
            Site = _token.Site,
            Authority = _token.Authority,
            Coordinator = Description.Key,
            Experiment = Agreement.HashOf(Description),
            Data = data,
            DataHash = hash,
            Declares = declares,
        };
        _audit.KeepIn(site.AuditFile);
        _audit.Dispose();
    }

    public void Dispose()
    {
        _authority.Dispose();
        _audit.Dispose();
    }
}
