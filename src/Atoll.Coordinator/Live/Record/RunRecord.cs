using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atoll.Coordinator.Live.Machine;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Ledger;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Live.Record;

/// <summary>A live run as its ledger has it: a fold over the entries. Status and result are read from it, and the run's decisions hear of what happened through it.</summary>
/// <remarks>For one thread at a time.</remarks>
internal sealed class RunRecord
{
    private const int KeptRejections = 50;

    private readonly Dictionary<string, int> _indices;
    private readonly Dictionary<(string Site, string Nonce), int> _nonces = [];
    private readonly LinkedList<RejectionStatus> _rejections = [];

    public RunRecord(IReadOnlyList<string> sites, IEnumerable<KeyValuePair<string, FederatedArm>> arms)
    {
        Sites = [.. sites.Select((name, i) => new SiteRecord(i, name))];
        Arms = [.. arms.Select(arm => new ArmRecord(arm.Key, arm.Value.Rounds, arm.Value.EvaluateEvery))];
        _indices = Sites.ToDictionary(site => site.Name, site => site.Index, StringComparer.Ordinal);
    }

    public ImmutableArray<SiteRecord> Sites { get; }

    public ImmutableArray<ArmRecord> Arms { get; }

    public RunCreated? Created { get; private set; }

    public DateTimeOffset Started { get; private set; }

    /// <summary>Of the entry that ended it.</summary>
    public DateTimeOffset? Ended { get; private set; }

    /// <summary>Its index; only tree heads follow.</summary>
    public long? End { get; private set; }

    public string? Aborted { get; private set; }

    public RunFinished? Finished { get; private set; }

    /// <summary>What enrolment came to; null while it goes on.</summary>
    public EnrolmentClosed? Enrolment { get; private set; }

    public Dictionary<long, TaskRecord> Tasks { get; } = [];

    /// <summary>The models that sites may fetch.</summary>
    public HashSet<Digest> Published { get; } = [];

    public long Rejected { get; private set; }

    /// <summary>The latest first.</summary>
    public IReadOnlyCollection<RejectionStatus> Rejections => _rejections;

    public int? IndexOf(string site) => _indices.TryGetValue(site, out int index) ? index : null;

    public ArmRecord? Arm(string? name) => Arms.FirstOrDefault(arm => arm.Name == name);

    /// <summary>Whether a site's signed words are in the ledger; null where their nonce is not, false where it stands under others.</summary>
    public bool? Knows(string site, string nonce, string signature) => _nonces.TryGetValue((site, nonce), out int known) ? known == Mark(signature) : null;

    /// <summary>Takes the next entry.</summary>
    /// <returns>What it means to the run's decisions.</returns>
    public IEnumerable<RunEvent> Take(LedgerEntry entry)
    {
        RunEvent? happened = entry.Kind switch
        {
            EntryKind.RunCreated => Create(entry, entry.Read<RunCreated>()),
            EntryKind.SiteEnrolled => Enrol(entry, entry.Read<SiteEnrolled>()),
            EntryKind.SiteLost => new SiteGone(Index(entry.Read<SiteLost>().Site)),
            EntryKind.SiteReturned => new SiteBack(Index(entry.Read<SiteReturned>().Site)),
            EntryKind.EnrolmentClosed => Close(entry.Read<EnrolmentClosed>()),
            EntryKind.SitePrepared => Prepare(entry.Read<SitePrepared>()),
            EntryKind.TrainingBegun => new TrainingBegan([.. entry.Read<TrainingBegun>().Sites.Select(Index)]),
            EntryKind.RoundOpened => Open(entry, entry.Read<RoundOpened>()),
            EntryKind.ModelPublished => Publish(entry.Read<ModelPublished>()),
            EntryKind.TaskTaken => TakeTask(entry, entry.Read<TaskTaken>()),
            EntryKind.UpdateReceived => Receive(entry, entry.Read<UpdateReceived>()),
            EntryKind.UpdateRejected => Reject(entry, entry.Read<UpdateRejected>()),
            EntryKind.TaskFailed => Fail(entry.Read<TaskFailed>()),
            EntryKind.RoundAggregated => Aggregate(entry, entry.Read<RoundAggregated>()),
            EntryKind.RoundAbandoned => Abandon(entry.Read<RoundAbandoned>()),
            EntryKind.MeterReading => Meter(entry.Read<MeterReading>()),
            EntryKind.Evaluation => Evaluate(entry.Read<Evaluation>()),
            EntryKind.ArmFinished => Finish(entry.Read<ArmFinished>()),
            EntryKind.RunFinished => Finish(entry, entry.Read<RunFinished>()),
            EntryKind.RunAborted => Abort(entry, entry.Read<RunAborted>()),
            _ => null,
        };
        return happened is null ? [] : [happened];
    }

    private int Index(string site) => IndexOf(site) ?? throw new LedgerException($"The ledger's sites must be those that were expected, but '{site}' is none.");

    private ArmRecord Known(string? arm) => Arm(arm) ?? throw new LedgerException($"The ledger's arms must be those of the experiment, but '{arm}' is none.");

    private RunEvent? Create(LedgerEntry entry, RunCreated created)
    {
        (Created, Started) = (created, entry.Time);
        return null;
    }

    private SiteJoined Enrol(LedgerEntry entry, SiteEnrolled enrolled)
    {
        SiteRecord site = Sites[Index(enrolled.Site)];
        (site.Enrolled, site.Key, site.Summaries) = (entry.Index, enrolled.Key, enrolled.Summaries);
        Use(enrolled.Signed);
        return new(site.Index);
    }

    private EnrolmentOver Close(EnrolmentClosed closed)
    {
        Enrolment = closed;
        return new();
    }

    private SiteReady Prepare(SitePrepared prepared)
    {
        SiteRecord site = Sites[Index(prepared.Site)];
        site.Prepared = prepared.Arms.Deserialize(RecordJson.Default.IReadOnlyDictionaryStringPreparedRows);
        Use(prepared.Signed);
        return new(site.Index);
    }

    private RoundBegan Open(LedgerEntry entry, RoundOpened opened)
    {
        Known(opened.Arm).Open = new((int)opened.Round, entry.Time, opened.Sites?.Count ?? 0);
        return new((int)opened.Round);
    }

    private RunEvent? Publish(ModelPublished published)
    {
        Known(published.Arm).Published = ((int)published.Round, published.Model, published.Bytes ?? 0);
        Published.Add(published.Model);
        return null;
    }

    private RunEvent? TakeTask(LedgerEntry entry, TaskTaken taken)
    {
        ArmRecord arm = Known(taken.Arm);
        TaskRecord task = new(entry.Index, Index(taken.Site), arm.Name, (int)taken.Round);
        Tasks[entry.Index] = task;
        if (arm.Open is { } open && open.Number == task.Round)
        {
            open.Tasks[task.Site] = task;
        }
        arm.BytesDown += arm.Published?.Bytes ?? 0;
        return null;
    }

    private RunEvent? Receive(LedgerEntry entry, UpdateReceived update)
    {
        ArmRecord arm = Known(update.Arm);
        TaskRecord task = Tasks[update.Task ?? throw new LedgerException($"Entry {entry.Index} must name the task that it answers.")];
        task.Answer = entry.Index;
        arm.Open!.Updates.Add(new(entry.Index, task, update.Update, update.Bytes ?? 0, (int)(update.Rows ?? 0), update.EffectiveSteps ?? 1));
        arm.BytesUp += update.Bytes ?? 0;
        arm.Samples += update.Samples ?? 0;
        Sites[task.Site].Updates++;
        Use(update.Signed);
        return null;
    }

    private RunEvent? Reject(LedgerEntry entry, UpdateRejected rejected)
    {
        Rejected++;
        if (rejected.Site is { } name && IndexOf(name) is { } site)
        {
            Sites[site].Rejected++;
        }
        if (rejected.Task is { } index && Tasks.TryGetValue(index, out TaskRecord? task) && rejected.Site == Sites[task.Site].Name)
        {
            task.Refusals++;
        }
        _rejections.AddFirst(new RejectionStatus { Time = entry.Time, Site = rejected.Site, Arm = rejected.Arm, Round = (int?)rejected.Round, Reason = rejected.Reason });
        if (_rejections.Count > KeptRejections)
        {
            _rejections.RemoveLast();
        }
        return null;
    }

    private RunEvent? Fail(TaskFailed failed)
    {
        if (Tasks.TryGetValue(failed.Task, out TaskRecord? task))
        {
            task.Failed = true;
        }
        return null;
    }

    private RoundDone Aggregate(LedgerEntry entry, RoundAggregated aggregated)
    {
        ArmRecord arm = Known(aggregated.Arm);
        RoundRecord open = arm.Open!;
        foreach (CountedUpdate update in open.Updates)
        {
            Sites[update.Task.Site].Counted[arm.Name] = update.Task.Entry;
        }
        arm.Done.Add(new(open.Number, (entry.Time - open.Opened).TotalSeconds, arm.BytesUp + arm.BytesDown, aggregated.Model, aggregated.Bytes ?? 0));
        arm.State = aggregated.State;
        arm.Open = null;
        Published.Add(aggregated.Model);
        return new(open.Number, open.Number < arm.Rounds ? [] : [.. Sites.Where(site => site.Prepared is { } rows && rows[arm.Name].TestRows > 0).Select(site => site.Index)]);
    }

    private RoundGivenUp Abandon(RoundAbandoned abandoned)
    {
        Known(abandoned.Arm).Open = null;
        return new((int)abandoned.Round, abandoned.Reason);
    }

    private RunEvent? Meter(MeterReading reading)
    {
        string basis = reading.Basis ?? "assumed";
        SortedDictionary<string, double> site = Sites[Index(reading.Site)].Joules;
        site[basis] = site.GetValueOrDefault(basis) + reading.EnergyJoules;
        if (Arm(reading.Arm)?.Joules is { } arm)
        {
            (string, string) key = (basis, reading.Meter ?? "");
            arm[key] = arm.GetValueOrDefault(key) + reading.EnergyJoules;
        }
        Use(reading.Signed);
        return null;
    }

    private SiteEvaluated? Evaluate(Evaluation evaluation)
    {
        ArmRecord arm = Known(evaluation.Arm);
        int site = Index(evaluation.Site ?? throw new LedgerException("An evaluation of a live run must be a site's."));
        if (!arm.Findings.TryGetValue((int)evaluation.Round, out Dictionary<int, SiteFinding>? round))
        {
            arm.Findings[(int)evaluation.Round] = round = [];
        }
        Dictionary<string, double?> metrics = evaluation.Metrics.ToDictionary(metric => metric.Key, metric => (double?)metric.Value);
        round[site] = new(evaluation.TestRows ?? 0, metrics, evaluation.Loss);
        Sites[site].Metrics[arm.Name] = metrics;
        Use(evaluation.Signed);
        return evaluation.Round == arm.Rounds ? new(site) : null;
    }

    private ArmOver Finish(ArmFinished finished)
    {
        Known(finished.Arm).End = finished;
        if (finished.Model is { } model)
        {
            Published.Add(model);
        }
        return new();
    }

    private RunOver Finish(LedgerEntry entry, RunFinished finished)
    {
        (Finished, Ended, End) = (finished, entry.Time, entry.Index);
        return new(true, "The run is finished.");
    }

    private RunOver Abort(LedgerEntry entry, RunAborted aborted)
    {
        (Aborted, Ended, End) = (aborted.Reason, entry.Time, entry.Index);
        return new(false, $"The run was aborted: {aborted.Reason}");
    }

    private void Use(SignedStatement? signed)
    {
        if (signed is not null && SiteStatement.NonceOf(signed) is { } nonce)
        {
            _nonces[(signed.Author, nonce)] = Mark(signed.Signature);
        }
    }

    private static int Mark(string signature) => BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(signature)));
}
