using Atoll.Coordinator.Buffering;
using Atoll.Coordinator.Live.Record;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments.Protocol;
using Atoll.Ledger;
using Atoll.Ledger.Entries;

namespace Atoll.Coordinator.Live;

/// <summary>Says what a site is to do, and waits until there is something.</summary>
internal sealed class WorkDesk(RunLog log)
{
    private readonly HashSet<int> _taking = [], _waitingForTaking = [];

    public async Task<Work> NextAsync(int site, TimeSpan wait, CancellationToken cancellation)
    {
        using IDisposable waiting = log.Presence.Wait(site);
        if (log.State.Sites[site].Lost)
        {
            log.Due.Beat(); // it is back
        }
        DateTimeOffset until = log.Request.Time.GetUtcNow() + wait;
        while (true)
        {
            Task next = log.Work.Next;
            (Work? work, TaskTaken? toTake) = Look(site);
            if (toTake is not null)
            {
                await TakeAsync(site, toTake);
                continue;
            }
            if (work is not null)
            {
                return work;
            }
            TimeSpan left = until - log.Request.Time.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                return new WaitWork { Reason = log.State.Reason };
            }
            try
            {
                await next.WaitAsync(left, log.Request.Time, cancellation);
            }
            catch (TimeoutException)
            {
                return new WaitWork { Reason = log.State.Reason };
            }
        }
    }

    /// <summary>The site's open task; null where it has none.</summary>
    public TaskRecord? OpenTaskOf(int site)
    {
        lock (log.Gate)
        {
            return log.Arm is { } arm && log.Record.Arm(arm.Name)?.Tasks.GetValueOrDefault(site) is { IsOpen: true } task ? task : null;
        }
    }

    /// <summary>Records that the site takes its task; where it cannot any more, looks again.</summary>
    private async Task TakeAsync(int site, TaskTaken task)
    {
        try
        {
            await log.AppendAsync(task);
            log.Presence.Progress(site, 0);
        }
        catch (LedgerException)
        {
            // The round was closed in between.
        }
        finally
        {
            bool others;
            lock (log.Gate)
            {
                _taking.Remove(site);
                others = _waitingForTaking.Remove(site);
            }
            if (others)
            {
                log.Work.Beat(); // for another request of the same site
            }
        }
    }

    private (Work? Work, TaskTaken? ToTake) Look(int site)
    {
        lock (log.Gate)
        {
            switch (log.State.Phase)
            {
                case RunPhase.Finished or RunPhase.Aborted:
                    return (new EndWork { Finished = log.State.Phase == RunPhase.Finished, Reason = log.State.Reason, Models = log.Record.Finished?.Models ?? new Dictionary<string, Ledger.Merkle.Digest>() }, null);
                case RunPhase.Preparing when log.Record.Sites[site].Prepared is null && log.State.Sites[site].Enrolled && log.Schemas is { } schemas:
                    return (new PrepareWork { Schemas = schemas }, null);
                case RunPhase.Enrolling or RunPhase.Preparing:
                    return default;
            }
            IReadOnlyList<DoneRound> pending = Evaluations.PendingAt(log, site);
            if (pending.Count >= 2)
            {
                return (Evaluate(pending[0]), null);
            }
            (Work? train, TaskTaken? toTake) = Train(site);
            return train is not null || toTake is not null ? (train, toTake) : pending.Count > 0 ? (Evaluate(pending[0]), null) : default;
        }
    }

    private (Work? Work, TaskTaken? ToTake) Train(int site)
    {
        if (log.Arm is not { } arm || log.Record.Arm(arm.Name) is not { } record)
        {
            return default;
        }
        if (record.Buffer is { } buffer) // a task is given, not taken
        {
            return (buffer.State.Phase is BufferPhase.Collecting or BufferPhase.Full && record.Tasks.GetValueOrDefault(site) is { IsOpen: true } given ? Train(arm, record, given, null) : null, null);
        }
        if (record is not { Open: { } open, Published: { } published } || log.State.Round is null || arm.PlaceOf(site) is not { } place
            || arm.Training!.State is not { Phase: RoundPhase.Collecting } round || round.Folded >= round.Target
            || !round.Sites.TryGetValue(place, out SiteStanding standing) || standing is not (SiteStanding.Awaited or SiteStanding.Lost))
        {
            return default;
        }
        if (!record.Tasks.TryGetValue(site, out TaskRecord? task))
        {
            if (_taking.Add(site))
            {
                return (null, new TaskTaken { Site = log.Request.Sites[site], Arm = arm.Name, Round = open.Number, Model = published.Model });
            }
            _waitingForTaking.Add(site);
            return default;
        }
        DateTimeOffset? deadline = log.Request.Experiment.Live?.RoundDeadline is { } time ? open.Opened + TimeSpan.FromSeconds(time.Value) : null;
        return (task.IsOpen ? Train(arm, record, task, deadline) : null, null);
    }

    private TrainWork Train(LiveArm arm, ArmRecord record, TaskRecord task, DateTimeOffset? deadline)
    {
        RoundTask asked = arm.TaskOf(task);
        return new TrainWork
        {
            Task = task.Entry,
            Arm = arm.Name,
            Round = task.Round,
            Turn = asked.Turn,
            Model = task.Model,
            Bytes = task.Bytes,
            LocalEpochs = asked.LocalEpochs,
            LocalSteps = asked.LocalSteps,
            LearningRateFactor = asked.LearningRateFactor,
            Counted = log.Record.Sites[task.Site].Counted.TryGetValue(record.Name, out long counted) ? counted : null,
            Deadline = deadline,
        };
    }

    private EvaluateWork Evaluate(DoneRound round) => new() { Arm = log.Record.Arms[log.State.Arm].Name, Round = round.Number, Model = round.Model, Bytes = round.ModelBytes };
}
