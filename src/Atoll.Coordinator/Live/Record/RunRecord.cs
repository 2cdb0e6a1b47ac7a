using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atoll.Coordinator.Live.Machine;
using Atoll.Coordinator.Rounds;
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
    private ImmutableArray<int> _participants = [];

    public RunRecord(IReadOnlyList<string> sites, IEnumerable<KeyValuePair<string, FederatedArm>> arms)
    {
        Sites = [.. sites.Select((name, i) => new SiteRecord(i, name))];
        Arms = [.. arms.Select(arm => new ArmRecord(arm.Key, arm.Value))];
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

    /// <summary>The buffered arm that is under way; null where none is.</summary>
    public BufferRecord? UnderWay => Arms.FirstOrDefault(arm => arm.Buffer is not null && arm.End is null)?.Buffer;

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
            EntryKind.SiteLost => Lose(entry.Read<Ledger.Entries.SiteLost>()),
            EntryKind.SiteReturned => Return(entry.Read<Ledger.Entries.SiteReturned>()),
            EntryKind.EnrolmentClosed => Close(entry.Read<EnrolmentClosed>()),
            EntryKind.SitePrepared => Prepare(entry.Read<SitePrepared>()),
            EntryKind.TrainingBegun => Begin(entry.Read<TrainingBegun>()),
            EntryKind.RoundOpened => Open(entry, entry.Read<Ledger.Entries.RoundOpened>()),
            EntryKind.ModelPublished => Publish(entry.Read<ModelPublished>()),
            EntryKind.TaskTaken => TakeTask(entry, entry.Read<TaskTaken>()),
            EntryKind.UpdateReceived => Receive(entry, entry.Read<Ledger.Entries.UpdateReceived>()),
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

    private TrainingBegan Begin(TrainingBegun begun)
    {
        _participants = [.. begun.Sites.Select(Index).Order()];
        return new(_participants);
    }

    private SiteGone Lose(Ledger.Entries.SiteLost lost)
    {
        int site = Index(lost.Site);
        Sites[site].IsLost = true;
        UnderWay?.Lose(site);
        return new(site);
    }

    private SiteBack Return(Ledger.Entries.SiteReturned returned)
    {
        int site = Index(returned.Site);
        Sites[site].IsLost = false;
        UnderWay?.Return(site);
        return new(site);
    }

    private RoundBegan Open(LedgerEntry entry, Ledger.Entries.RoundOpened opened)
    {
        ArmRecord arm = Known(opened.Arm);
        if (arm.Settings.Buffered is not null)
        {
            arm.Buffer ??= new BufferRecord(arm.Name, arm.Settings, [.. _participants.Select(site => Sites[site])]);
        }
        arm.Open = new((int)opened.Round, entry.Time, arm.Buffer?.Size ?? opened.Sites?.Count ?? 0);
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
        int site = Index(taken.Site);
        SendTask? given = arm.Buffer?.Give(site, entry.Time);
        if (given is not null && (given.Round, given.Turn) != (taken.Round, taken.Turn))
        {
            throw new LedgerException($"Entry {entry.Index} must give {taken.Site} its task {given.Turn} from the model of round {given.Round} (was its task {taken.Turn}, of round {taken.Round}).");
        }
        TaskRecord task = new(entry.Index, site, arm.Name, (int)taken.Round)
        {
            Model = taken.Model ?? throw new LedgerException($"Entry {entry.Index} must name the model that the task begins from."),
            Bytes = arm.Published?.Bytes ?? 0,
            Number = given?.Task ?? 0,
            Turn = given?.Turn,
        };
        arm.Tasks[site] = Tasks[entry.Index] = task;
        Sites[site].Tasks++;
        arm.BytesDown += arm.Published?.Bytes ?? 0;
        return null;
    }

    private RunEvent? Receive(LedgerEntry entry, Ledger.Entries.UpdateReceived update)
    {
        ArmRecord arm = Known(update.Arm);
        TaskRecord task = Tasks[update.Task ?? throw new LedgerException($"Entry {entry.Index} must name the task that it answers.")];
        FoldUpdate? fold = arm.Buffer?.Receive(task, (int)(update.Rows ?? 0), update.EffectiveSteps ?? 1);
        (task.Answer, task.CountsIn) = (entry.Index, (int)update.Round);
        arm.Open!.Updates.Add(new(entry.Index, task, update.Update, update.Bytes ?? 0, (int)(update.Rows ?? 0), update.EffectiveSteps ?? 1, fold));
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
            Arm(task.Arm)!.Buffer?.Fail(task, failed.Reason);
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
        arm.Buffer?.Apply();
        CloseRound(arm);
        Published.Add(aggregated.Model);
        return new(open.Number, open.Number < arm.Rounds ? [] : [.. Sites.Where(site => site.Prepared is { } rows && rows[arm.Name].TestRows > 0).Select(site => site.Index)]);
    }

    private RoundGivenUp Abandon(RoundAbandoned abandoned)
    {
        ArmRecord arm = Known(abandoned.Arm);
        arm.Buffer?.Abandon(abandoned.Reason);
        CloseRound(arm);
        return new((int)abandoned.Round, abandoned.Reason);
    }

    private static void CloseRound(ArmRecord arm)
    {
        arm.Open = null;
        if (arm.Buffer is null)
        {
            arm.Tasks.Clear();
        }
    }

    private RunEvent? Meter(MeterReading reading)
    {
        string basis = reading.Basis ?? "assumed";
        SiteRecord site = Sites[Index(reading.Site)];
        site.Readings++;
        site.Joules[basis] = site.Joules.GetValueOrDefault(basis) + reading.EnergyJoules;
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
