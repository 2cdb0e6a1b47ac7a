using System.Collections.Immutable;
using System.Text.Json;
using Atoll.Coordinator.Live.Machine;
using Atoll.Coordinator.Live.Record;
using Atoll.Coordinator.Models;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments.Live;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Schema;
using Atoll.Learning.Tensors;
using Atoll.Ledger;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Live;

/// <summary>Does what is due, one thing after the other, until the run is over. What is due follows from the ledger, so after a crash it goes on where it was.</summary>
internal sealed class RunDriver(RunLog log, SiteDesk sites, UpdateDesk updates, UpdateBodies bodies, Scratch scratch, RunEnd end)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1); // timers have a limit

    private readonly HashSet<Digest> _passing = []; // contents that are of no use once a later round is done
    private Task _forgetting = Task.CompletedTask;

    /// <summary>Takes up what was left open.</summary>
    public async Task RecoverAsync(CancellationToken cancellation)
    {
        if (log.Fold.SchemasBody is { } name)
        {
            log.Fold.TakeSchemas(await scratch.ReadAsync(name, cancellation));
        }
        DateTimeOffset now = log.Request.Time.GetUtcNow();
        foreach (SiteRecord site in log.Record.Sites.Where(site => site.Enrolled is not null && !log.State.Sites[site.Index].Lost))
        {
            log.Presence.See(site.Index); // their silence begins with this process
        }
        if (log.State.Open is { } round && !log.State.IsOver)
        {
            LiveArm arm = await EnterAsync(cancellation);
            ArmRecord record = log.Record.Arm(arm.Name)!;
            _ = arm.Open();
            if (record.Published?.Round != round)
            {
                await PublishAsync(arm, round);
            }
            await updates.RestoreAsync(arm, record.Open!.Updates, cancellation);
            foreach (TaskRecord failed in record.Tasks.Values.Where(task => task.Failed))
            {
                arm.Training?.Decide(new UpdateFailed(round, arm.PlaceOf(failed.Site)!.Value, "It failed before the coordinator was restarted."));
            }
            LoseTheLost(arm, round);
            log.Moved(arm);
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await DoWhatIsDueAsync(cancellation);
        }
        finally
        {
            await _forgetting;
        }
        await end.WriteAsync(cancellation);
    }

    private async Task DoWhatIsDueAsync(CancellationToken cancellation)
    {
        while (!log.State.IsOver)
        {
            Task next = log.Due.Next;
            DateTimeOffset now = log.Request.Time.GetUtcNow();
            RunDecision decision = log.Look(now);
            try
            {
                foreach (RunEffect effect in decision.Effects)
                {
                    cancellation.ThrowIfCancellationRequested();
                    await DoAsync(effect, cancellation);
                }
            }
            catch (LedgerException) when (log.IsEnding)
            {
                // Aborted in between: nothing else is due.
            }
            if (decision.Effects.IsEmpty)
            {
                await WaitAsync(next, decision.Wake is { } wake ? wake - now : LongestWait, cancellation);
            }
        }
    }

    private async Task WaitAsync(Task next, TimeSpan longest, CancellationToken cancellation)
    {
        try
        {
            TimeSpan wait = longest < LongestWait ? longest : LongestWait;
            await next.WaitAsync(wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1), log.Request.Time, cancellation);
        }
        catch (TimeoutException)
        {
            // Time alone may have made something due.
        }
    }

    private Task DoAsync(RunEffect effect, CancellationToken cancellation) => effect switch
    {
        RecordLoss e => LoseAsync(e),
        RecordReturn e => ReturnAsync(e),
        CloseEnrolment => CloseEnrolmentAsync(cancellation),
        BeginTraining e => log.AppendAsync(new TrainingBegun { Sites = [.. e.Sites.Select(NameOf)] }),
        OpenRound e => OpenAsync(e.Round, cancellation),
        GiveTasks => GiveAsync(),
        EndRoundByDeadline => EndByDeadlineAsync(),
        CloseRound e => CloseAsync(e.Round, cancellation),
        EndArm e => EndArmAsync(e, cancellation),
        EndRun => EndRunAsync(),
        _ => throw new ArgumentException($"Nobody does {effect.GetType().Name}.", nameof(effect)),
    };

    private async Task LoseAsync(RecordLoss loss)
    {
        await log.AppendAsync(new Ledger.Entries.SiteLost { Site = NameOf(loss.Site), Reason = loss.Why });
        if (log.Arm is { Training: { } rounds } arm && arm.PlaceOf(loss.Site) is { } place)
        {
            log.Tell(arm, new Rounds.SiteLost(rounds.State.Round, place));
        }
    }

    private async Task ReturnAsync(RecordReturn back)
    {
        await log.AppendAsync(new Ledger.Entries.SiteReturned { Site = NameOf(back.Site) });
        if (log.Arm is { Training: { } rounds } arm && arm.PlaceOf(back.Site) is { } place)
        {
            log.Tell(arm, new Rounds.SiteReturned(rounds.State.Round, place));
        }
    }

    private async Task CloseEnrolmentAsync(CancellationToken cancellation)
    {
        await sites.CloseEnrolmentAsync();
        Dictionary<string, IReadOnlyDictionary<string, TableSummary>> summaries = [];
        foreach (SiteRecord site in log.Record.Sites.Where(site => site.Enrolled is not null)) // also one that came in since this was decided
        {
            summaries[site.Name] = await scratch.ReadSummariesAsync(site, cancellation);
        }
        IReadOnlyDictionary<string, DataSchema> schemas;
        try
        {
            schemas = LiveArms.Schemas(log.Request.Experiment, summaries);
            Use(schemas);
        }
        catch (Exception unfit) when (unfit is DataException or InvalidOperationException)
        {
            await log.AppendAsync(new RunAborted { Reason = unfit.Message });
            return;
        }
        Digest name = await scratch.KeepAsync(JsonSerializer.SerializeToUtf8Bytes(schemas, RecordJson.Default.IReadOnlyDictionaryStringDataSchema));
        await log.AppendAsync(new EnrolmentClosed { Sites = [.. summaries.Keys], Schemas = name });
    }

    private void Use(IReadOnlyDictionary<string, DataSchema> schemas)
    {
        lock (log.Gate)
        {
            log.Fold.Use(schemas);
        }
    }

    /// <summary>The arm under way, with its model as the ledger has it.</summary>
    private async Task<LiveArm> EnterAsync(CancellationToken cancellation)
    {
        if (log.Arm is { } entered)
        {
            return entered;
        }
        ArmRecord record = log.Record.Arms[log.State.Arm];
        GlobalModelState? state = record.State is { } saved ? GlobalModelState.From(record.Completed, await scratch.ReadVectorsAsync(saved, cancellation)) : null;
        ImmutableArray<int> participants = log.State.Participants;
        int[] rows = [.. participants.Select(site => log.Record.Sites[site].Prepared![record.Name].TrainRows)];
        LiveArm arm = new(record.Name, log.Arms[record.Name], log.Networks![record.Name], participants, rows, log.Request, state);
        lock (log.Gate)
        {
            log.Arm = arm;
        }
        return arm;
    }

    private async Task OpenAsync(int round, CancellationToken cancellation)
    {
        int[]? sites;
        LiveArm arm;
        try
        {
            arm = await EnterAsync(cancellation);
            sites = arm.Open();
        }
        catch (InvalidOperationException unfit) // the selection, or the concurrency, asks for more sites than there are
        {
            await log.AppendAsync(new RunAborted { Reason = unfit.Message });
            return;
        }
        await PublishAsync(arm, round);
        await log.AppendAsync(new Ledger.Entries.RoundOpened { Arm = arm.Name, Round = round, Sites = sites is null ? null : [.. sites.Select(NameOf)] });
        LoseTheLost(arm, round);
        log.Moved(arm);
        log.Work.Beat(); // only now there are tasks
    }

    private async Task PublishAsync(LiveArm arm, int round)
    {
        // What the last round ended with is kept already.
        (Digest model, long bytes) = log.Record.Arm(arm.Name)!.Done is [.., var last] ? (last.Model, last.ModelBytes) : await scratch.KeepAsync(arm.Body());
        await log.AppendAsync(new ModelPublished { Arm = arm.Name, Round = round, Model = model, Bytes = bytes });
    }

    /// <summary>Gives sites that are free their next tasks, where they wait for no round: entries first, in the order that the tasks are numbered in.</summary>
    private async Task GiveAsync()
    {
        List<TaskTaken> tasks = [];
        lock (log.Gate)
        {
            ArmRecord arm = log.Record.Arm(log.Arm!.Name)!;
            foreach (SendTask task in arm.Buffer!.Wanted(log.Request.Experiment.Seed, log.Request.Time.GetUtcNow()))
            {
                log.Presence.Progress(task.Site, 0);
                tasks.Add(new() { Site = NameOf(task.Site), Arm = arm.Name, Round = task.Round, Turn = task.Turn, Model = arm.Published!.Value.Model });
            }
        }
        await Task.WhenAll([.. tasks.Select(log.AppendAsync)]);
        log.Work.Beat();
    }

    private void LoseTheLost(LiveArm arm, int round)
    {
        foreach (int site in arm.Participants.Where(site => log.State.Sites[site].Lost))
        {
            arm.Training?.Decide(new Rounds.SiteLost(round, arm.PlaceOf(site)!.Value));
        }
    }

    private Task EndByDeadlineAsync()
    {
        log.Arm!.Training!.PassDeadline();
        log.Moved(log.Arm);
        return Task.CompletedTask;
    }

    private async Task CloseAsync(int round, CancellationToken cancellation)
    {
        LiveArm arm = log.Arm!;
        await arm.SettledAsync(cancellation); // a round that failed may have updates that are still being taken in
        ArmRecord record = log.Record.Arm(arm.Name)!;
        RoundRecord open = record.Open!;
        if (arm.Close(record.Buffer?.Failure) is { } failure)
        {
            await log.AppendAsync(new RoundAbandoned { Arm = arm.Name, Round = round, Reason = failure });
            return;
        }
        await _forgetting; // what is going must be gone before it could be kept anew
        Digest?[] before = [record.State, record.Published?.Model];
        (Digest model, long bytes) = await scratch.KeepAsync(arm.Body());
        IReadOnlyList<NamedTensor> state = arm.State();
        // Where nothing else is remembered, what sites get is all there is.
        Digest kept = state.Count == arm.Body().Count ? model : (await scratch.KeepAsync(state)).Name;
        await log.AppendAsync(new RoundAggregated { Arm = arm.Name, Round = round, Updates = [.. open.Updates.Select(update => update.Entry)], Model = model, Bytes = bytes, State = kept });
        if (!log.Request.KeepUpdates)
        {
            _passing.UnionWith(open.Updates.Select(update => update.Body));
            _passing.UnionWith(before.OfType<Digest>());
            _forgetting = Task.Run(() => ForgetAsync(cancellation), CancellationToken.None); // beside the next round
        }
    }

    /// <summary>What is only of use until a round is done goes when it is done; models stay while a site may still evaluate them or train from them.</summary>
    private async Task ForgetAsync(CancellationToken cancellation)
    {
        foreach (Digest content in _passing.ToArray())
        {
            if (cancellation.IsCancellationRequested)
            {
                return;
            }
            if (await bodies.LetGoAsync(content, CancellationToken.None))
            {
                _passing.Remove(content);
            }
        }
    }

    private async Task EndArmAsync(EndArm ending, CancellationToken cancellation)
    {
        ArmRecord record = log.Record.Arms[ending.Arm];
        Digest? model = null;
        await _forgetting;
        if (ending.Stopped is null)
        {
            LiveArm arm = await EnterAsync(cancellation);
            (model, _) = await scratch.KeepAsync(ModelTensors.Of(arm.Network, arm.Model.Weights), RunEnd.Metadata(record.Name));
        }
        await log.AppendAsync(new ArmFinished { Arm = record.Name, Rounds = record.Completed, Model = model, Stopped = ending.Stopped });
        lock (log.Gate)
        {
            log.Arm?.Dispose();
            log.Arm = null;
        }
    }

    private Task<LedgerEntry> EndRunAsync() => log.AppendAsync(new RunFinished
    {
        Models = log.Record.Arms.Where(arm => arm.End?.Model is not null).ToDictionary(arm => arm.Name, arm => arm.End!.Model!.Value),
    });

    private string NameOf(int site) => log.Request.Sites[site];
}
