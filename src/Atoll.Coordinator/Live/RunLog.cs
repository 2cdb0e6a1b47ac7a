using System.Collections.Frozen;
using System.Collections.Immutable;
using Atoll.Coordinator.Live.Machine;
using Atoll.Coordinator.Live.Record;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Experiments.Results;
using Atoll.Learning.Data.Schema;
using Atoll.Learning.Models;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Storage;

namespace Atoll.Coordinator.Live;

/// <summary>What a live run is at any moment: its ledger, the record and the decisions folded from it, and the arm under way. Everyone else works through this.</summary>
/// <remarks>Record, state and arm are read and changed under <see cref="Gate"/>.</remarks>
internal sealed class RunLog : IAsyncDisposable
{
    /// <summary>Kinds of entries after which a site may have something else to do.</summary>
    private static readonly FrozenSet<string> Moving = new[]
    {
        EntryKind.EnrolmentClosed, EntryKind.TrainingBegun, EntryKind.RoundOpened, EntryKind.RoundAggregated, EntryKind.RoundAbandoned, EntryKind.ArmFinished,
        EntryKind.RunFinished, EntryKind.RunAborted, EntryKind.SiteReturned,
    }.ToFrozenSet();

    private readonly SemaphoreSlim _heads = new(1);
    private readonly HashSet<(int Site, string Nonce)> _claimed = [];
    private LedgerWriter? _writer;
    private bool _isEnding;

    public RunLog(LiveRunRequest request)
    {
        Request = request;
        Fold = new RunFold(request.Experiment, request.Sites, request.Time.GetUtcNow());
        Presence = new Presence(request.Sites.Count, request.Time);
    }

    public LiveRunRequest Request { get; }

    /// <summary>The ledger so far.</summary>
    public RunFold Fold { get; }

    public IReadOnlyDictionary<string, FederatedArm> Arms => Fold.Arms;

    public Lock Gate { get; } = new();

    public RunRecord Record => Fold.Record;

    public RunState State => Fold.State;

    public Presence Presence { get; }

    /// <summary>By arm; null until the enrolment is over.</summary>
    public IReadOnlyDictionary<string, DataSchema>? Schemas => Fold.Schemas;

    /// <summary>By arm; null until the enrolment is over.</summary>
    public IReadOnlyDictionary<string, Network>? Networks => Fold.Networks;

    /// <summary>The arm under way; null before the first, and between arms.</summary>
    public LiveArm? Arm { get; set; }

    /// <summary>Beats when sites may have something else to do.</summary>
    public Pulse Work { get; } = new();

    /// <summary>Beats when the ledger has grown.</summary>
    public Pulse Changed { get; } = new();

    /// <summary>Beats when something may be due.</summary>
    public Pulse Due { get; } = new();

    public LedgerWriter Writer => _writer ?? throw new InvalidOperationException("The ledger must be opened first.");

    /// <summary>Reads what is there; the run is then as it was when it was left.</summary>
    public async Task OpenAsync(CancellationToken cancellation) =>
        _writer = await LedgerWriter.OpenAsync(Request.Store, Request.Key, Request.Time, fold: Take, cancellation: cancellation);

    /// <summary>Whether the run is over, or will be when what is being written is written: its ledger takes no more.</summary>
    public bool IsEnding => Volatile.Read(ref _isEnding) || State.IsOver;

    /// <summary>Appends an entry; on return it is on disk and everyone knows of it.</summary>
    /// <exception cref="Ledger.LedgerException">The ledger refuses it.</exception>
    public async Task<LedgerEntry> AppendAsync<T>(T data) where T : IEntryData
    {
        if (T.Kind is EntryKind.RunFinished or EntryKind.RunAborted)
        {
            Volatile.Write(ref _isEnding, true);
        }
        LedgerEntry entry = await Writer.AppendAsync(data, CancellationToken.None);
        if (Moving.Contains(entry.Kind))
        {
            Work.Beat();
        }
        Due.Beat();
        Changed.Beat();
        return entry;
    }

    /// <summary>The run as a result; what is there so far while it goes on.</summary>
    public RunResult Result()
    {
        lock (Gate)
        {
            // Of a run that is over, the same whoever asked for a tree head since.
            (long size, Digest root) = Record.End is { } end ? Writer.TopAt(end + 1) : Writer.Top();
            return Fold.Result(size, root);
        }
    }

    /// <summary>Sets a site's nonce aside for words that are about to be recorded, so that no others with it are taken in meanwhile.</summary>
    /// <returns>Disposed when they are recorded, or will not be; null where the nonce was used before, or is being used.</returns>
    public IDisposable? ClaimNonce(int site, SignedStatement signed)
    {
        string nonce = SiteStatement.NonceOf(signed) ?? "";
        lock (Gate)
        {
            return Record.Knows(Request.Sites[site], nonce, "") is null && _claimed.Add((site, nonce)) ? new NonceClaim(this, site, nonce) : null;
        }
    }

    /// <summary>What is due now.</summary>
    public RunDecision Look(DateTimeOffset now)
    {
        ImmutableArray<DateTimeOffset?> seen = Presence.All();
        lock (Gate)
        {
            if (State.Open is not null && Record.UnderWay is { } buffer)
            {
                Fold.Decide(buffer.Moved(), now);
            }
            return Fold.Decide(new TimePassed(seen), now);
        }
    }

    /// <summary>Tells the open round's machine of something, where the arm trains in rounds.</summary>
    public RoundDecision Tell(LiveArm arm, RoundEvent happened)
    {
        lock (Gate)
        {
            RoundDecision decision = arm.Training!.Decide(happened);
            Moved(arm);
            return decision;
        }
    }

    /// <summary>Takes over how far the open round is, where the ledger does not say.</summary>
    public void Moved(LiveArm arm)
    {
        if (arm.Training is { } rounds)
        {
            lock (Gate)
            {
                Fold.Decide(new RoundMoved(rounds.State), Request.Time.GetUtcNow());
            }
        }
        Due.Beat();
    }

    /// <summary>A signed head that covers all that is durable when it is called.</summary>
    public async Task<SignedTreeHead> HeadAsync(CancellationToken cancellation)
    {
        long size = Writer.Size;
        await _heads.WaitAsync(cancellation);
        try
        {
            // A head is the entry after those that it covers: whoever waited here may find that another's is enough.
            return Writer.Head is { } head && head.Size >= size - 1 ? head : await Writer.AppendHeadAsync(cancellation);
        }
        finally
        {
            _heads.Release();
            Changed.Beat();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
        {
            await _writer.DisposeAsync();
        }
        _heads.Dispose();
    }

    private sealed class NonceClaim(RunLog log, int site, string nonce) : IDisposable
    {
        public void Dispose()
        {
            lock (log.Gate)
            {
                log._claimed.Remove((site, nonce));
            }
        }
    }

    private void Take(LedgerEntry entry)
    {
        lock (Gate)
        {
            Fold.Take(entry);
        }
    }
}
