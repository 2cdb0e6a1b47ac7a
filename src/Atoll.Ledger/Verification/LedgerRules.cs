using Atoll.Ledger.Entries;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;

namespace Atoll.Ledger.Verification;

/// <summary>
/// What must be true of a ledger's entries, one after the other. The same rules let an entry into a ledger and verify it afterwards, so that none can be written that does
/// not verify.
/// </summary>
/// <remarks>A pure fold: no files, no clock. Signatures are handed out to be checked, since they take a hundred times as long as the rest.</remarks>
internal sealed class LedgerRules
{
    private readonly MerkleFrontier _tree = new();

    public long Size => _tree.Size;

    public Digest Root => _tree.Root;

    /// <summary>Of the last entry.</summary>
    public Digest Hash { get; private set; }

    public DateTimeOffset First { get; private set; }

    public DateTimeOffset Last { get; private set; }

    public RunCreated? Run { get; private set; }

    public Sites Sites { get; } = new();

    public Rounds Rounds { get; } = new();

    public SignedTreeHead? Head { get; private set; }

    public Dictionary<string, long> Kinds { get; } = [];

    public LedgerEnd End { get; private set; }

    /// <summary>Whether the run is over and a signed head covers all of it: nothing may follow.</summary>
    public bool IsComplete => End != LedgerEnd.Open && Head?.Size == Size - 1;

    /// <summary>Takes the next entry.</summary>
    /// <param name="check">The signature that is left to be checked; null where there is none.</param>
    /// <returns>What is wrong; then nothing was changed. Null where all is well.</returns>
    public string? Take(LedgerEntry entry, out SignatureCheck? check)
    {
        check = null;
        try
        {
            if ((Chain(entry) ?? Place(entry)) is { } misplaced)
            {
                return misplaced;
            }
            check = CheckOf(entry);
            // What was rejected may well be a replay, and tree heads are not a site's.
            bool hasNonce = check is not null && entry.Kind is not (EntryKind.UpdateRejected or EntryKind.TreeHead);
            if (((hasNonce ? Sites.WhyReplayed(entry) : null) ?? Meaning(entry)) is { } problem)
            {
                return problem;
            }
            if (hasNonce)
            {
                Sites.UseNonce(entry);
            }
        }
        catch (Exception e) when (e is LedgerException or FormatException)
        {
            return e.Message;
        }
        First = Size == 0 ? entry.Time : First;
        (Hash, Last) = (entry.Hash, entry.Time);
        _tree.Append(entry.Hash);
        Kinds[entry.Kind] = Kinds.GetValueOrDefault(entry.Kind) + 1;
        return null;
    }

    /// <summary>The signature that a site's entry carries; null where it carries none. May be called beside <see cref="Take"/>, which decides in the end.</summary>
    public SignatureCheck? CheckOf(LedgerEntry entry)
    {
        string run = Run?.Run ?? "";
        return entry.Kind switch
        {
            EntryKind.RunCreated => null,
            EntryKind.TreeHead => HeadCheck(entry),
            EntryKind.SiteEnrolled => Sites.CheckOf(entry, run, entry.Read<SiteEnrolled>().Key),
            _ => Sites.CheckOf(entry, run),
        };
    }

    private string? Chain(LedgerEntry entry) =>
        entry.Index != Size ? $"its index must be {Size} (was {entry.Index})"
        : entry.Previous != Hash ? $"its previous must be {Hash}, the hash of the line before it (was {entry.Previous})"
        : entry.Time < Last ? $"its time must not be before that of the entry before it, {LedgerEntry.Text(Last)} (was {LedgerEntry.Text(entry.Time)})"
        : null;

    private string? Place(LedgerEntry entry)
    {
        if (Size == 0 != (entry.Kind == EntryKind.RunCreated))
        {
            return Size == 0 ? $"the first entry must be {EntryKind.RunCreated} (was {entry.Kind})" : $"only the first entry may be {EntryKind.RunCreated}";
        }
        return IsComplete ? $"nothing may follow the end of the run and its tree head (was {entry.Kind})"
            : End != LedgerEnd.Open && entry.Kind != EntryKind.TreeHead ? $"only a tree head may follow the end of the run (was {entry.Kind})"
            : null;
    }

    private string? Meaning(LedgerEntry entry) => entry.Kind switch
    {
        EntryKind.RunCreated => Create(entry.Read<RunCreated>()),
        EntryKind.TreeHead => TakeHead(entry.Read<SignedTreeHead>(), entry),
        EntryKind.SiteEnrolled => Enrol(entry.Read<SiteEnrolled>()),
        EntryKind.SiteLost => Sites.WhyNotEnrolled(entry.Read<SiteLost>().Site),
        EntryKind.SiteReturned => Sites.WhyNotEnrolled(entry.Read<SiteReturned>().Site),
        EntryKind.EnrolmentClosed => entry.Read<EnrolmentClosed>().Sites.Select(Sites.WhyNotEnrolled).FirstOrDefault(reason => reason is not null),
        EntryKind.SitePrepared => Prepare(entry.Read<SitePrepared>()),
        EntryKind.TrainingBegun => entry.Read<TrainingBegun>().Sites.Select(Sites.WhyNotEnrolled).FirstOrDefault(reason => reason is not null),
        EntryKind.RoundOpened => Open(entry.Read<RoundOpened>()),
        EntryKind.ModelPublished => Publish(entry.Read<ModelPublished>()),
        EntryKind.TaskTaken => TakeTask(entry.Index, entry.Read<TaskTaken>()),
        EntryKind.UpdateReceived => Receive(entry.Index, entry.Read<UpdateReceived>()),
        EntryKind.UpdateRejected => Reject(entry.Read<UpdateRejected>()),
        EntryKind.TaskFailed => Fail(entry.Read<TaskFailed>()),
        EntryKind.RoundAggregated => Aggregate(entry.Read<RoundAggregated>()),
        EntryKind.RoundAbandoned => Abandon(entry.Read<RoundAbandoned>()),
        EntryKind.MeterReading => Meter(entry.Read<MeterReading>()),
        EntryKind.Evaluation => Evaluate(entry.Read<Evaluation>()),
        EntryKind.ArmFinished => FinishArm(entry.Read<ArmFinished>()),
        EntryKind.RunFinished => Finish(entry.Read<RunFinished>()),
        EntryKind.RunAborted => Abort(entry.Read<RunAborted>()),
        _ => null,
    };

    private string? Create(RunCreated created)
    {
        if (created.Format != 1)
        {
            return $"its format must be 1, the one that this program knows (was {created.Format})";
        }
        if (!RunName.IsLegal(created.Run))
        {
            return $"{RunName.Rule} (was '{created.Run}')";
        }
        Run = created;
        return null;
    }

    private string? TakeHead(SignedTreeHead head, LedgerEntry entry)
    {
        string time = LedgerEntry.Text(entry.Time);
        string? problem = head.Run != Run!.Run ? $"its head must be of the run '{Run.Run}' (was '{head.Run}')"
            : head.Size != Size ? $"its head must cover the {Size} entries before it (was {head.Size})"
            : head.Time != time ? $"its head's time must be its own, {time} (was '{head.Time}')"
            : head.Root != Root ? $"its head's root must be {Root}, that of the entries before it (was {head.Root})"
            : null;
        Head = problem is null ? head : Head;
        return problem;
    }

    private SignatureCheck HeadCheck(LedgerEntry entry)
    {
        SignedTreeHead head = entry.Read<SignedTreeHead>();
        return new(entry.Index, "the coordinator's signature", Signed.Message(EntryKind.TreeHead, Canonical.CanonicalJson.Of(head.Statement())), head.Signature,
            Run?.Key ?? throw new LedgerException("a tree head must follow run-created"));
    }

    private string? Enrol(SiteEnrolled site)
    {
        // A statement by another would say nothing of who holds the key.
        if (site.Signed is { } signed && signed.Author != site.Site)
        {
            return $"its statement must be by '{site.Site}' (was by '{signed.Author}')";
        }
        return Sites.Enrol(site.Site, site.Key);
    }

    private string? Prepare(SitePrepared site) => Sites.WhyNotEnrolled(site.Site) ?? Author(site.Site, site.Signed);

    private string? Open(RoundOpened round) => round.Sites?.Select(Sites.WhyNotEnrolled).FirstOrDefault(reason => reason is not null) ?? Rounds.Open(round.Arm, round.Round);

    private string? Publish(ModelPublished model) => Rounds.Publish(model.Arm, model.Round, model.Model);

    private string? TakeTask(long entry, TaskTaken task) => Sites.WhyNotEnrolled(task.Site) ?? Rounds.TakeTask(entry, task.Site, task.Arm, task.Round, task.Model);

    private string? Receive(long entry, UpdateReceived update) => Sites.WhyNotEnrolled(update.Site) ?? Author(update.Site, update.Signed)
        ?? Rounds.Receive(entry, update.Site, update.Arm, update.Round, update.Task);

    private string? Reject(UpdateRejected update) => update.Reason.Length == 0 ? "a rejection must have a reason" : Sites.WhyNotEnrolled(update.Site);

    private string? Fail(TaskFailed task) => task.Reason.Length == 0 ? "a task must fail for a reason" : Sites.WhyNotEnrolled(task.Site) ?? Rounds.Fail(task.Task, task.Site, task.Arm);

    private string? FinishArm(ArmFinished arm) => arm.Model is null == arm.Stopped is null ? "an arm must end with a model or with the reason why it stopped, and not with both"
        : Rounds.FinishArm(arm.Arm, arm.Rounds, arm.Model);

    private string? Aggregate(RoundAggregated round) => Rounds.Aggregate(round.Arm, round.Round, round.Updates, round.Model);

    private string? Abandon(RoundAbandoned round) => round.Reason.Length == 0 ? "a round must be abandoned for a reason" : Rounds.Abandon(round.Arm, round.Round);

    private string? Meter(MeterReading reading) => Sites.WhyNotEnrolled(reading.Site) ?? Author(reading.Site, reading.Signed)
        ?? (reading.EnergyJoules >= 0 ? null : $"its energyJoules must be at least 0 (was {reading.EnergyJoules})");

    private string? Evaluate(Evaluation evaluation) => (evaluation.Site is { } site ? Sites.WhyNotEnrolled(site) ?? Author(site, evaluation.Signed) : null)
        ?? (evaluation.Model is { } model ? Rounds.Evaluate(evaluation.Arm, evaluation.Round, model) : null);

    /// <summary>What a site with a key sends bears that site's signature.</summary>
    private string? Author(string site, SignedStatement? signed) =>
        signed is null ? Sites.WhyNotUnsigned(site) : signed.Author == site ? null : $"its author must be '{site}' (was '{signed.Author}')";

    private string? Finish(RunFinished run)
    {
        string? problem = Rounds.Unfinished(run.Models ?? new Dictionary<string, Digest>());
        End = problem is null ? LedgerEnd.Finished : End;
        return problem;
    }

    private string? Abort(RunAborted aborted)
    {
        End = aborted.Reason.Length == 0 ? End : LedgerEnd.Aborted;
        return aborted.Reason.Length == 0 ? "a run must be aborted for a reason" : null;
    }
}
