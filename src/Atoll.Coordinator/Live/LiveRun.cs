using System.Text;
using System.Text.Json;
using Atoll.Coordinator.Live.Record;
using Atoll.Experiments;
using Atoll.Experiments.Live;
using Atoll.Experiments.Protocol;
using Atoll.Experiments.Results;
using Atoll.Ledger;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;

namespace Atoll.Coordinator.Live;

/// <summary>A run across machines, kept in a ledger: it is taken up where the ledger ends, whenever it is opened.</summary>
/// <remarks>
/// Nothing is acknowledged that is not in the ledger on disk, and a body is on disk before the entry that names it. A coordinator that is killed at any moment goes on
/// from the last acknowledged event: averaging is exact whatever the order, so adding up the open round's updates again gives the same bytes.
/// </remarks>
public sealed class LiveRun : ILiveRun, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunLog _log;
    private readonly UpdateDesk _updates;
    private readonly SiteDesk _sites;
    private readonly WorkDesk _work;
    private readonly LiveStatus _status;
    private readonly RunDriver _driver;
    private readonly string _experiment;
    private Task _running = Task.CompletedTask;

    private LiveRun(LiveRunRequest request, string experiment)
    {
        _experiment = experiment;
        _log = new RunLog(request);
        Scratch scratch = new(request.Blobs, Path.Combine(request.Folder, "scratch"));
        UpdateBodies bodies = new(request.Blobs, IsNeeded);
        _updates = new UpdateDesk(_log, bodies, _stop.Token);
        _updates.Broke += e => _broken.TrySetException(e);
        _sites = new SiteDesk(_log, scratch);
        _work = new WorkDesk(_log);
        _status = new LiveStatus(_log);
        _driver = new RunDriver(_log, _sites, _updates, bodies, scratch, new RunEnd(_log));
    }

    /// <summary>Completes when the run is finished or aborted and its folder is written; fails where the run must be opened anew.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Begins a run, or goes on with the one in the ledger.</summary>
    /// <exception cref="LedgerException">The ledger does not verify, or is of another run.</exception>
    /// <exception cref="InvalidOperationException">The experiment cannot be run across machines.</exception>
    public static async Task<LiveRun> OpenAsync(LiveRunRequest request, CancellationToken cancellation = default)
    {
        Require.That(request.Sites.Count > 0 && request.Sites.Distinct(StringComparer.Ordinal).Count() == request.Sites.Count, $"A run needs sites, each with a name of its own, but got {string.Join(", ", request.Sites)}.");
        string experiment = RunEnd.TextOf(request.Experiment);
        Directory.CreateDirectory(request.Folder);
        LiveRun run = new(request, experiment);
        Require.That(run._log.Arms.Count > 0, $"A run across machines needs a federated arm, but the experiment has none.");
        string? obstacle = LiveArms.Obstacle(request.Experiment);
        Require.That(obstacle is null, $"{obstacle}");
        foreach (FederatedArm arm in run._log.Arms.Values)
        {
            arm.Buffered?.RequireSites(request.Sites.Count);
        }
        try
        {
            await run.BeginAsync(cancellation);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>The bodies by which a run that is over is proven, and which sites may still ask for.</summary>
    public IReadOnlyCollection<Digest> Outlasting => new RunEnd(_log).Outlasting();

    public RunDescription Describe(string site)
    {
        Known(site);
        lock (_log.Gate)
        {
            bool enrolling = _log.Record.Enrolment is null;
            return new()
            {
                Run = _log.Request.Run,
                Key = _log.Request.Key.PublicKey,
                Experiment = _experiment,
                Arms = [.. _log.Arms.Select(arm => arm.Key)],
                Site = site,
                Sites = _log.Request.Sites,
                Joined = enrolling ? _sites.Joined : null,
                Schemas = enrolling ? null : _log.Schemas,
            };
        }
    }

    public Task<long> EnrolAsync(EnrolmentRequest request, CancellationToken cancellation) => While(() => _sites.EnrolAsync(request), cancellation);

    public PublicKey? KeyOf(string site)
    {
        lock (_log.Gate)
        {
            return _log.Record.IndexOf(site) is { } index ? _log.Record.Sites[index].Key : null;
        }
    }

    public void Seen(string site)
    {
        if (_log.Record.IndexOf(site) is { } index)
        {
            _log.Presence.See(index);
            if (_log.State.Sites[index].Lost)
            {
                _log.Due.Beat();
            }
        }
    }

    public Task<Work> NextWorkAsync(string site, TimeSpan wait, CancellationToken cancellation) => While(() => _work.NextAsync(Enrolled(site), wait, cancellation), cancellation);

    public Task PrepareAsync(string site, PreparationMessage message, CancellationToken cancellation) => While(() => _sites.PrepareAsync(Enrolled(site), message), cancellation);

    public Task<UpdateReply> UpdateAsync(string site, UpdateMessage message, string? bodyFile, CancellationToken cancellation)
    {
        Seen(site);
        return While(() => _updates.UpdateAsync(Enrolled(site), message, bodyFile), CancellationToken.None); // the body must lie there until this is decided
    }

    public Task FailAsync(string site, FailureMessage message, CancellationToken cancellation) => While(() => _updates.FailAsync(Enrolled(site), message), cancellation);

    public Task EvaluateAsync(string site, EvaluationMessage message, CancellationToken cancellation) => While(() => _sites.EvaluateAsync(Enrolled(site), message), cancellation);

    public Task ReadAsync(string site, ReadingMessage message, CancellationToken cancellation) => While(() => _sites.ReadAsync(Enrolled(site), message), cancellation);

    public void Progress(string site, ProgressMessage message)
    {
        Seen(site);
        int index = Enrolled(site);
        if (_work.OpenTaskOf(index)?.Entry == message.Task)
        {
            _log.Presence.Progress(index, message.Done);
        }
    }

    public long UploadLimit(string site) => _log.Record.IndexOf(site) is { } index && _work.OpenTaskOf(index) is not null ? _log.Arm?.Limits.Bytes ?? 0 : 0;

    public Task RejectAsync(string? site, string reason, Digest? body, CancellationToken cancellation)
    {
        bool isKnown;
        lock (_log.Gate)
        {
            isKnown = site is not null && _log.Record.IndexOf(site) is { } index && _log.State.Sites[index].Enrolled;
        }
        return While(() => new Rejections(_log).RecordAsync(new() { Site = isKnown ? site : null, Reason = reason, Update = body }), cancellation);
    }

    public async Task<Stream?> OpenModelAsync(Digest model, CancellationToken cancellation)
    {
        lock (_log.Gate)
        {
            if (!_log.Record.Published.Contains(model))
            {
                return null;
            }
        }
        return await _log.Request.Blobs.OpenAsync(model, cancellation);
    }

    public async Task<HeadReply> HeadAsync(long from, CancellationToken cancellation)
    {
        SignedTreeHead head = await _log.HeadAsync(cancellation);
        return from <= head.Size && from >= 0 ? new() { Head = head, Consistency = from == 0 || from == head.Size ? [] : _log.Writer.Consistency(from, head.Size) }
            : throw new RefusedException("bad-size", $"A proof must be from at most the {head.Size} entries that the newest head covers (was {from}).");
    }

    public IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(long from, CancellationToken cancellation) => _log.Request.Store.ReadAsync(from, cancellation);

    public RunStatus Status() => _status.Read();

    public async Task ChangedAsync(long size, CancellationToken cancellation)
    {
        for (Task next = _log.Changed.Next; _log.Writer.Size <= size; next = _log.Changed.Next)
        {
            await next.WaitAsync(cancellation);
        }
    }

    /// <summary>The run as a result; what is there so far while it goes on.</summary>
    public RunResult Result() => _log.Result();

    public Task AbortAsync(string reason, CancellationToken cancellation) => While(() => _log.AppendAsync(new RunAborted { Reason = reason.Length > 0 ? reason : "No reason was given." }), cancellation);

    /// <summary>Stops here; the ledger says where to go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _log.DisposeAsync();
        _stop.Dispose();
    }

    private async Task BeginAsync(CancellationToken cancellation)
    {
        LiveRunRequest request = _log.Request;
        Digest fingerprint = Digest.Of(Encoding.UTF8.GetBytes(_experiment));
        await _log.OpenAsync(cancellation);
        if (_log.Record.Created is not { } created)
        {
            new RunEnd(_log).WriteExperiment(_experiment);
            await _log.AppendAsync(new RunCreated
            {
                Run = request.Run,
                Key = request.Key.PublicKey,
                Experiment = fingerprint,
                Atoll = request.Version,
                Sites = request.Sites,
                Machine = JsonSerializer.SerializeToElement(MachineFacts.Here(request.Workers), RecordJson.Default.MachineFacts),
            });
        }
        else if (created.Run != request.Run || created.Experiment != fingerprint || created.Sites?.SequenceEqual(request.Sites) != true)
        {
            throw new LedgerException($"A ledger must be gone on with as the run that it began as, but this one is {created.Run}'s, of {(created.Run == request.Run ? "another experiment, or of this one before it was changed (its live section counts, too), or of other sites" : "another run")}.");
        }
        if (_log.State.Phase == RunPhase.Enrolling)
        {
            await _sites.RecoverAsync(cancellation);
        }
        await _driver.RecoverAsync(cancellation);
        _running = Task.Run(() => _driver.RunAsync(_stop.Token), CancellationToken.None);
        Ended = EndAsync();
    }

    private bool IsNeeded(Digest content)
    {
        lock (_log.Gate)
        {
            return Evaluations.Needed(_log).Contains(content);
        }
    }

    /// <summary>Whatever breaks the run stops it for everyone; the ledger is as it must be.</summary>
    private async Task EndAsync()
    {
        try
        {
            await await Task.WhenAny(_running, _broken.Task, _log.Writer.Broken);
        }
        catch when (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync();
            throw;
        }
    }

    /// <summary>What a run that is over no longer takes is the caller's mistake, not the ledger's.</summary>
    private async Task<T> While<T>(Func<Task<T>> asked, CancellationToken cancellation)
    {
        try
        {
            return await asked().WaitAsync(cancellation);
        }
        catch (LedgerException) when (_log.IsEnding)
        {
            throw new RefusedException("over", _log.State.Reason);
        }
        catch (LedgerException refused)
        {
            throw new RefusedException("refused", refused.Message);
        }
    }

    private async Task While(Func<Task> asked, CancellationToken cancellation) => await While(async () =>
    {
        await asked();
        return true;
    }, cancellation);

    private int Known(string site) => _log.Record.IndexOf(site) ?? throw new RefusedException("unknown-site", $"A site must be one of those that the run expects, but '{site}' is none.");

    private int Enrolled(string site)
    {
        int index = Known(site);
        lock (_log.Gate)
        {
            return _log.State.Sites[index].Enrolled ? index : throw new RefusedException("not-enrolled", $"{site} must enrol first.");
        }
    }
}
