using System.Text;
using Atoll.Coordinator.Buffering;
using Atoll.Coordinator.Live.Record;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments.Protocol;
using Atoll.Ledger;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;

namespace Atoll.Coordinator.Live;

/// <summary>Takes updates in: checks, adds up, keeps, records, in this order; what is not right is recorded with the reason, and disturbs nobody else.</summary>
/// <param name="stop">Whoever waits for its turn waits no longer.</param>
internal sealed class UpdateDesk(RunLog log, UpdateBodies bodies, CancellationToken stop)
{
    /// <summary>A site whose updates for one task were refused so often has failed it.</summary>
    private const int MaxRefusals = 3;

    private const long MaxCount = 1L << 53; // what a ledger's numbers can hold

    /// <summary>Refusals whose answers may have got lost; of later ones the site hears again, and its ledger entry is a second.</summary>
    private const int KeptRefusals = 2_000;

    private readonly Dictionary<long, (Digest Update, Task<UpdateReply> Reply)> _answering = [];
    private readonly Dictionary<(long Task, Digest Signature), UpdateReply> _refused = [];
    private readonly BufferDoor _buffers = new(log, stop);

    /// <summary>Something that cannot be mended happened after an update was added up: the run must be taken up anew from its ledger.</summary>
    public event Action<Exception>? Broke;

    public Task<UpdateReply> UpdateAsync(int site, UpdateMessage message, string? bodyFile)
    {
        TaskCompletionSource<UpdateReply> reply;
        lock (log.Gate)
        {
            if (AnsweredBefore(site, message) is { } before)
            {
                return Task.FromResult(before);
            }
            if (bodyFile is null)
            {
                throw new RefusedException("no-body", $"An update's body must be uploaded before it is sent, but {message.Update} was not.");
            }
            reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (IsOwn(site, message.Task)) // else it is refused, and stands in nobody's way
            {
                if (_answering.TryGetValue(message.Task, out (Digest Update, Task<UpdateReply> Reply) same) && same.Update == message.Update)
                {
                    return same.Reply;
                }
                _answering.TryAdd(message.Task, (message.Update, reply.Task));
            }
        }
        _ = CompleteAsync(site, message, bodyFile, reply); // goes on when the caller does not
        return reply.Task;
    }

    public async Task FailAsync(int site, FailureMessage message)
    {
        LiveArm? arm;
        TaskRecord? task;
        lock (log.Gate)
        {
            task = log.Record.Tasks.GetValueOrDefault(message.Task);
            arm = log.Arm;
            if (task is { Failed: true } && task.Site == site)
            {
                return;
            }
            if (WhyNotOpen(site, message.Task, task, arm) is { } reason)
            {
                throw new RefusedException("not-open", reason);
            }
            if (!_answering.TryAdd(message.Task, (default, Task.FromResult(new UpdateReply { Counted = false, Reason = "" }))))
            {
                throw new RefusedException("busy", $"Task {message.Task} is being answered by an update.");
            }
        }
        try
        {
            await GiveUpAsync(arm!, task!, Rejections.Legible(message.Reason));
        }
        finally
        {
            lock (log.Gate)
            {
                _answering.Remove(message.Task);
            }
        }
    }

    /// <summary>Adds the updates of a round that a coordinator left open, from their bodies.</summary>
    public async Task RestoreAsync(LiveArm arm, IReadOnlyList<CountedUpdate> updates, CancellationToken cancellation)
    {
        // All are taken in before the first is added up, which may be all that the round is for: of more sites than it needs, several came at once.
        (FoldUpdate? Fold, string Reason)[] taken = [.. updates.Select(update => arm.Training is { } rounds ? Admitted(rounds.Decide(
            new Rounds.UpdateReceived(update.Task.Round, arm.PlaceOf(update.Task.Site)!.Value, update.Rows, update.EffectiveSteps))) : (update.Fold, ""))];
        foreach ((CountedUpdate update, (FoldUpdate? admitted, string reason)) in updates.Zip(taken))
        {
            await using Stream body = await log.Request.Blobs.OpenAsync(update.Body, cancellation)
                ?? throw new LedgerException($"The body of the update in entry {update.Entry}, {update.Body}, must be kept until its round is over, but is not there.");
            string? problem = admitted is { } fold ? await arm.FoldAsync(body, fold, cancellation) : reason;
            if (problem is not null)
            {
                throw new LedgerException($"The update in entry {update.Entry} counted before and must count again, but: {problem}");
            }
            arm.Training?.Decide(new UpdateFolded(update.Task.Round, arm.PlaceOf(update.Task.Site)!.Value));
        }

        static (FoldUpdate?, string) Admitted(RoundDecision decision) => (decision.Effects.OfType<FoldUpdate>().SingleOrDefault(), decision.Reason);
    }

    private async Task CompleteAsync(int site, UpdateMessage message, string bodyFile, TaskCompletionSource<UpdateReply> reply)
    {
        try
        {
            UpdateReply answer = await AnswerAsync(site, message, bodyFile);
            Forget();
            reply.TrySetResult(answer);
        }
        catch (Exception e) // whatever it was, it is the caller's to hear
        {
            Forget();
            reply.TrySetException(e);
        }

        void Forget()
        {
            lock (log.Gate)
            {
                _ = _answering.TryGetValue(message.Task, out var mine) && mine.Reply == reply.Task && _answering.Remove(message.Task);
            }
        }
    }

    private async Task<UpdateReply> AnswerAsync(int site, UpdateMessage message, string bodyFile)
    {
        LiveArm? arm;
        TaskRecord? task;
        string? reason;
        lock (log.Gate)
        {
            arm = log.Arm;
            task = log.Record.Tasks.GetValueOrDefault(message.Task);
            reason = Misfit(site, message, task, arm);
        }
        // The signature is checked without holding up the others.
        reason ??= SiteWords.WhyNot(EntryKind.UpdateReceived, NameOf(site), KeyOf(site), message.Signed, nonce => SiteStatement.Of(message, log.Request.Run, NameOf(site), nonce));
        using IDisposable? nonce = reason is null ? log.ClaimNonce(site, message.Signed) : null;
        if ((reason ?? (nonce is null ? $"{NameOf(site)} used this nonce before: it is a replay." : null)) is { } wrong)
        {
            return await RejectAsync(site, message, task, wrong);
        }

        if (log.IsEnding)
        {
            return TooLate;
        }
        Admission admission = arm!.Training is null ? await _buffers.AdmitAsync(arm, task!, message, why => GiveUpAsync(arm, task!, why)) : Admit(arm, task!, message);
        if (admission.Fold is not { } fold)
        {
            return await RejectAsync(site, message, task, admission.Reason);
        }
        using IDisposable taking = admission.Taken!;
        int round = admission.Round;
        try
        {
            await using FileStream body = new(bodyFile, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            reason = await arm.FoldAsync(body, fold, CancellationToken.None);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Dismiss(arm, task!, unreadable.Message);
            throw;
        }
        if (reason is not null)
        {
            Dismiss(arm, task!, reason);
            return await RejectAsync(site, message, task, reason);
        }
        try
        {
            await bodies.KeepAsync(message.Update, bodyFile, () => log.AppendAsync(Received(NameOf(site), message, round)));
            if (arm.Training is not null)
            {
                log.Tell(arm, new UpdateFolded(round, fold.Site));
            }
            return Counted(task!);
        }
        catch (LedgerException) when (log.IsEnding)
        {
            return TooLate;
        }
        catch (Exception e) // it is in the average, but not in the ledger
        {
            Broke?.Invoke(e);
            throw;
        }
    }

    private static UpdateReply TooLate => new() { Counted = false, Reason = "The run is over: the update came too late." };

    private UpdateReply? AnsweredBefore(int site, UpdateMessage message) =>
        log.Record.Tasks.GetValueOrDefault(message.Task) is not { } task || task.Site != site ? null
        : task.Answer is not null && log.Record.Knows(NameOf(site), SiteStatement.NonceOf(message.Signed) ?? "", message.Signed.Signature) == true
            ? Counted(task)
        : _refused.GetValueOrDefault((message.Task, NameOf(message.Signed)));

    private UpdateReply Counted(TaskRecord task)
    {
        string stale = task.Turn is null ? "" : $", with staleness {task.CountsIn - task.Round}";
        return new() { Counted = true, Reason = $"{NameOf(task.Site)}'s update counts in round {task.CountsIn} of {task.Arm}{stale}.", Entry = task.Answer };
    }

    private Admission Admit(LiveArm arm, TaskRecord task, UpdateMessage message)
    {
        IDisposable taken = arm.TakeIn();
        RoundDecision decision = log.Tell(arm, new Rounds.UpdateReceived(task.Round, arm.PlaceOf(task.Site)!.Value, message.Rows, message.EffectiveSteps));
        if (decision.Effects is [FoldUpdate fold])
        {
            return new(fold, taken, task.Round, decision.Reason);
        }
        taken.Dispose();
        return new(null, null, task.Round, decision.Reason);
    }

    /// <summary>An update that was admitted turned out to be none; the site may send another.</summary>
    private void Dismiss(LiveArm arm, TaskRecord task, string why)
    {
        if (arm.Training is not null)
        {
            log.Tell(arm, new UpdateRefused(task.Round, arm.PlaceOf(task.Site)!.Value, why));
        }
    }

    /// <summary>What can be said before anything is read or verified.</summary>
    private string? Misfit(int site, UpdateMessage message, TaskRecord? task, LiveArm? arm) =>
        WhyNotOpen(site, message.Task, task, arm) is { } closed ? closed
        : message.Arm != task!.Arm || message.Turn != task.Turn || message.Round != (task.Turn is null ? task.Round : null) ? $"Task {message.Task} is {Name(task.Arm, task.Turn is null ? task.Round : null, task.Turn)}, but the update says {Name(message.Arm, message.Round, message.Turn)}."
        : message.Bytes != arm!.Limits.Bytes ? $"An update of this model must have {arm.Limits.Bytes} bytes, but this one has {message.Bytes}."
        : message.Samples is < 0 or >= MaxCount ? $"An update's samples must be from 0 to below {MaxCount} (was {message.Samples})."
        : message.Steps < 1 ? $"An update's steps must be at least 1 (was {message.Steps})."
        : SiteSaid.WhyNot(message) is { } odd ? odd
        : _answering.TryGetValue(message.Task, out (Digest Update, Task<UpdateReply> Reply) other) && other.Update != message.Update ? $"Task {message.Task} is being answered by another update."
        : null;

    private string? WhyNotOpen(int site, long index, TaskRecord? task, LiveArm? arm) =>
        task is null || task.Site != site ? $"What {NameOf(site)} sends must answer a task that it took, but {index} is none of its own."
        : task.Answer is { } entry ? $"Task {index} was answered already, in entry {entry}."
        : task.Failed ? $"Task {index} has failed, and is answered no more."
        : task.Turn is not null ? (arm is null || arm.Name != task.Arm || log.Record.Arm(arm.Name)!.Buffer!.State.Phase is BufferPhase.Finished or BufferPhase.Failed ? BufferDoor.Over(task) : null)
        : arm is null || arm.Name != task.Arm || log.Record.Arm(arm.Name)?.Open is not { } open || open.Number != task.Round ? $"Round {task.Round} of {task.Arm} is over: the update came too late."
        : null;

    private async Task GiveUpAsync(LiveArm arm, TaskRecord task, string reason)
    {
        await log.AppendAsync(new Ledger.Entries.TaskFailed { Site = NameOf(task.Site), Arm = task.Arm, Round = task.Round, Task = task.Entry, Reason = reason });
        if (arm.Training is not null)
        {
            log.Tell(arm, new UpdateFailed(task.Round, arm.PlaceOf(task.Site)!.Value, reason));
        }
    }

    private async Task<UpdateReply> RejectAsync(int site, UpdateMessage message, TaskRecord? task, string reason)
    {
        bool isOwn = task?.Site == site;
        reason = Rejections.Legible(reason);
        LedgerEntry? entry = await new Rejections(log).RecordAsync(new()
        {
            Site = NameOf(site),
            Arm = isOwn ? task!.Arm : null,
            Round = isOwn ? task!.Round : null,
            Task = isOwn ? task!.Entry : null,
            Update = message.Update,
            Reason = reason,
        });
        UpdateReply reply = new() { Counted = false, Reason = reason, Entry = entry?.Index };
        LiveArm? arm;
        bool isHopeless;
        lock (log.Gate)
        {
            if (_refused.Count >= KeptRefusals)
            {
                _refused.Clear();
            }
            if (isOwn)
            {
                _refused[(message.Task, NameOf(message.Signed))] = reply;
                task!.Refusals += entry is null ? 1 : 0; // where the ledger takes no more of this site's refusals, they still fail the task
            }
            arm = log.Arm;
            // Not while another update for it is being taken in: that one may count.
            bool isDisputed = _answering.TryGetValue(message.Task, out var answering) && answering.Update != message.Update;
            isHopeless = isOwn && !isDisputed && task!.Refusals >= MaxRefusals && WhyNotOpen(site, task.Entry, task, arm) is null;
        }
        if (isHopeless)
        {
            await GiveUpAsync(arm!, task!, $"{task!.Refusals} updates for this task were refused. The last: {reason}");
        }
        return reply;
    }

    private static Ledger.Entries.UpdateReceived Received(string site, UpdateMessage message, int round) => new()
    {
        Site = site,
        Arm = message.Arm,
        Round = round,
        Update = message.Update,
        Task = message.Task,
        Turn = message.Turn,
        Bytes = message.Bytes,
        Rows = message.Rows,
        Steps = message.Steps,
        EffectiveSteps = message.EffectiveSteps,
        Samples = message.Samples,
        TrainingLoss = message.TrainingLoss,
        Seconds = message.Seconds,
        Signed = message.Signed,
    };

    private static string Name(string arm, int? round, int? turn) => $"{(round is null ? "of no round" : $"of round {round}")}{(turn is null ? "" : $", turn {turn},")} of {arm}";

    private bool IsOwn(int site, long task) => log.Record.Tasks.GetValueOrDefault(task)?.Site == site;

    /// <summary>A signature that was not verified yet may be of any length.</summary>
    private static Digest NameOf(SignedStatement signed) => Digest.Of(Encoding.UTF8.GetBytes(signed.Signature));

    private string NameOf(int site) => log.Request.Sites[site];

    private PublicKey KeyOf(int site) => log.Record.Sites[site].Key!;
}
