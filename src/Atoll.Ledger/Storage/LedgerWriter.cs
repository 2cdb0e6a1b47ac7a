using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Verification;

namespace Atoll.Ledger.Storage;

/// <summary>
/// Appends to a ledger for many callers at once: whoever comes while the disk is busy is written with the next batch, under one flush. An append returns when its entry
/// is durable, never before.
/// </summary>
/// <remarks>
/// An entry that would not verify is refused with the reason, and only its caller hears of it. When the store fails, nothing more is written and every append
/// throws: dispose of writer and store, and open them anew. Time never goes back in a ledger: while the clock is behind the last entry, entries have that entry's time.
/// </remarks>
public sealed class LedgerWriter : IAsyncDisposable
{
    /// <summary>So that one flush waits for no more than this.</summary>
    private const int MaxBatch = 4096;

    private readonly Channel<PendingEntry> _queue = Channel.CreateUnbounded<PendingEntry>(new() { SingleReader = true });
    private readonly Lock _guard = new(); // of the tree and the latest head, which readers ask while the pump goes on
    private readonly MerkleTree _tree = new();
    private readonly ILedgerStore _store;
    private readonly SigningKey _key;
    private readonly TimeProvider _clock;
    private readonly LedgerRules _rules;
    private readonly bool _headEachBatch;
    private readonly Action<LedgerEntry>? _fold;
    private readonly Task _pump;
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _failure;
    private SignedTreeHead? _head;

    private LedgerWriter(ILedgerStore store, SigningKey key, TimeProvider clock, LedgerRules rules, IEnumerable<Digest> leaves, bool headEachBatch, Action<LedgerEntry>? fold)
    {
        (_store, _key, _clock, _rules, _headEachBatch, _head, _fold) = (store, key, clock, rules, headEachBatch, rules.Head, fold);
        foreach (Digest leaf in leaves)
        {
            _tree.Append(leaf);
        }
        _pump = Task.Run(PumpAsync);
    }

    /// <summary>How many entries are durable.</summary>
    public long Size
    {
        get
        {
            lock (_guard)
            {
                return _tree.Size;
            }
        }
    }

    /// <summary>The newest head that is durable; null where none is yet.</summary>
    public SignedTreeHead? Head
    {
        get
        {
            lock (_guard)
            {
                return _head;
            }
        }
    }

    public PublicKey Key => _key.PublicKey;

    /// <summary>Fails when the store did: nothing more is written, and the ledger must be opened anew.</summary>
    public Task Broken => _broken.Task;

    /// <summary>How many entries are durable, and the root of the tree over them.</summary>
    public (long Size, Digest Root) Top()
    {
        lock (_guard)
        {
            return (_tree.Size, _tree.Root);
        }
    }

    /// <summary>As it was when it had that many entries.</summary>
    public (long Size, Digest Root) TopAt(long size)
    {
        lock (_guard)
        {
            return (size, _tree.RootAt(size));
        }
    }

    /// <summary>Opens a ledger to go on with, or to begin: then the first entry must be <see cref="RunCreated"/>, with this key.</summary>
    /// <param name="store">Stays the caller's, to be disposed after the writer.</param>
    /// <param name="headEachBatch">Whether each batch ends with a tree head under the same flush; else only the run's end has one, and where <see cref="AppendHeadAsync"/> asks.</param>
    /// <param name="fold">
    /// Gets every entry in order, for state is a fold over them: now those that are there, later each that is appended, when it is durable and before its caller knows. Called
    /// by one thread at a time; what it throws fails the writer as a store does that fails.
    /// </param>
    /// <exception cref="LedgerException">What is there does not verify, or was signed with another key.</exception>
    public static async Task<LedgerWriter> OpenAsync(ILedgerStore store, SigningKey key, TimeProvider clock, bool headEachBatch = false,
        Action<LedgerEntry>? fold = null, CancellationToken cancellation = default)
    {
        LedgerRules rules = new();
        List<Digest> leaves = [];
        Problem? problem = await new LedgerFold(rules, Environment.ProcessorCount).TakeAllAsync(Batches(store, cancellation), entry =>
        {
            leaves.Add(entry.Hash);
            fold?.Invoke(entry);
        });
        if (problem is not null)
        {
            throw new LedgerException($"A ledger to go on with must verify, but this does not. {problem}");
        }
        if (rules.Run is { } run && !run.Key.Equals(key.PublicKey))
        {
            throw new LedgerException($"The ledger of {run.Run} must be gone on with by the key that began it, {run.Key.Fingerprint} (was {key.PublicKey.Fingerprint}).");
        }
        LedgerWriter writer = new(store, key, clock, rules, leaves, headEachBatch, fold);
        if (rules.End != LedgerEnd.Open && !rules.IsComplete)
        {
            await writer.AppendHeadAsync(cancellation); // it died between the run's end and its head
        }
        return writer;
    }

    /// <summary>Appends an entry. Entries are in the order of the calls.</summary>
    /// <param name="cancellation">Heeded until the entry is being written; from then on the call waits, so that its result is known.</param>
    /// <returns>The entry, durable.</returns>
    /// <exception cref="LedgerException">The entry would not verify: the message says why. Nothing was written, and others may go on.</exception>
    /// <exception cref="IOException">The store failed, now or before; whether the entry is there is known when it is opened anew.</exception>
    public async Task<LedgerEntry> AppendAsync(EntryDraft draft, CancellationToken cancellation = default)
    {
        if (draft.Kind == EntryKind.TreeHead)
        {
            throw new LedgerException($"Tree heads are made by the ledger itself: call {nameof(AppendHeadAsync)}.");
        }
        // On the caller's thread: what takes long is done for many at once, and a draft that is none harms nobody else.
        byte[] data = LedgerEntry.CanonicalData(draft);
        return await QueueAsync(new(draft.Kind, data, IsSignatureGood(draft.Kind, data)), cancellation);
    }

    public Task<LedgerEntry> AppendAsync<T>(T data, CancellationToken cancellation = default) where T : IEntryData => AppendAsync(EntryDraft.Of(data), cancellation);

    /// <summary>Signs everything so far, and appends the head.</summary>
    /// <returns>The head, durable: it may be shown to witnesses.</returns>
    public async Task<SignedTreeHead> AppendHeadAsync(CancellationToken cancellation = default)
    {
        LedgerEntry entry = await QueueAsync(new(EntryKind.TreeHead, data: null, isSignatureGood: true), cancellation);
        return entry.Read<SignedTreeHead>();
    }

    /// <summary>The path from an entry to the root of the first <paramref name="size"/> entries.</summary>
    public IReadOnlyList<Digest> Inclusion(long index, long size)
    {
        lock (_guard)
        {
            return _tree.Inclusion(index, size);
        }
    }

    /// <summary>The proof that the first <paramref name="first"/> entries are a beginning of the first <paramref name="second"/>: what a witness asks for.</summary>
    public IReadOnlyList<Digest> Consistency(long first, long second)
    {
        lock (_guard)
        {
            return _tree.Consistency(first, second);
        }
    }

    /// <summary>The entries that are durable when it is called, from <paramref name="from"/> on.</summary>
    public async IAsyncEnumerable<LedgerEntry> ReadAsync(long from = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (ReadOnlyMemory<byte> line in _store.ReadAsync(from, cancellation))
        {
            yield return LedgerEntry.Parse(line);
        }
    }

    /// <summary>Writes what is queued, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _pump;
    }

    private async Task<LedgerEntry> QueueAsync(PendingEntry pending, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(pending), this);
        await using CancellationTokenRegistration registration = cancellation.Register(() => pending.Cancel(cancellation));
        return await pending.Task;
    }

    private async Task PumpAsync()
    {
        List<PendingEntry> batch = [];
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaxBatch && _queue.Reader.TryRead(out PendingEntry? pending))
            {
                batch.Add(pending);
            }
            await WriteAsync(batch);
            batch.Clear();
        }
    }

    private void Break(Exception failure)
    {
        _failure ??= failure;
        _broken.TrySetException(_failure);
        _ = _broken.Task.Exception; // whoever does not look at it has the failure of an append to look at
    }

    private async Task WriteAsync(List<PendingEntry> batch)
    {
        List<LedgerEntry> entries = [];
        List<(PendingEntry Pending, LedgerEntry Entry)> written = [];
        try
        {
            foreach (PendingEntry pending in batch.Where(pending => pending.Begin()))
            {
                if (_failure is not null)
                {
                    throw new IOException($"The ledger is closed since it could not be written: {_failure.Message} Open it anew.", _failure);
                }
                if (Make(pending) is { } entry)
                {
                    written.Add((pending, entry));
                    entries.Add(entry);
                    bool hasEnded = entry.Kind is EntryKind.RunFinished or EntryKind.RunAborted;
                    entries.AddRange(hasEnded ? [MakeHead()] : []);
                }
            }
            if (_headEachBatch && entries is [.., { Kind: not EntryKind.TreeHead }])
            {
                entries.Add(MakeHead());
            }
            if (entries.Count > 0)
            {
                await _store.AppendAsync(entries[0].Index, [.. entries.Select(entry => entry.Line)]);
            }
        }
        catch (Exception e) // whatever it was, what the rules believe is no longer what the store holds
        {
            Break(e);
            batch.ForEach(pending => pending.Fail(e));
            return;
        }
        Publish(entries);
        try
        {
            entries.ForEach(entry => _fold?.Invoke(entry));
        }
        catch (Exception e) // the state is no longer what the store holds
        {
            Break(e);
            written.ForEach(w => w.Pending.Fail(e));
            return;
        }
        written.ForEach(w => w.Pending.Complete(w.Entry));
    }

    private void Publish(List<LedgerEntry> entries)
    {
        lock (_guard)
        {
            entries.ForEach(entry => _tree.Append(entry.Hash));
            _head = _rules.Head;
        }
    }

    /// <returns>Null where the entry was refused; its caller knows.</returns>
    private LedgerEntry? Make(PendingEntry pending)
    {
        try
        {
            if (pending.Data is null)
            {
                return MakeHead();
            }
            LedgerEntry entry = LedgerEntry.Create(_rules.Size, Now(), pending.Kind, pending.Data, _rules.Hash);
            if (entry.Kind == EntryKind.RunCreated && entry.Read<RunCreated>().Key is var named && !named.Equals(_key.PublicKey))
            {
                throw new LedgerException($"its key must be the one that signs, {_key.PublicKey.Fingerprint} (was {named.Fingerprint})");
            }
            // Before the rules take it, since they cannot give it back.
            string? problem = (pending.IsSignatureGood ? null : _rules.CheckOf(entry)?.Bad()?.Reason) ?? _rules.Take(entry, out _);
            return problem is null ? entry : throw new LedgerException(problem);
        }
        catch (LedgerException e)
        {
            pending.Fail(new LedgerException($"The ledger refuses this {pending.Kind}: {e.Message.TrimEnd('.')}.", e));
            return null;
        }
    }

    /// <summary>Whether a signature was found good. Where its site may be enrolled by an entry that is still queued, it is left for later.</summary>
    /// <exception cref="LedgerException">It is bad.</exception>
    private bool IsSignatureGood(string kind, byte[] data)
    {
        SignatureCheck? check;
        try
        {
            check = _rules.CheckOf(LedgerEntry.Create(0, default, kind, data, default));
        }
        catch (LedgerException)
        {
            return false; // decided, and said, when its turn has come
        }
        return check?.Bad() is { } problem ? throw new LedgerException($"The ledger refuses this {kind}: {problem.Reason}.") : true;
    }

    private LedgerEntry MakeHead()
    {
        string run = _rules.Run?.Run ?? throw new LedgerException("there is nothing to sign yet");
        DateTimeOffset now = Now();
        SignedTreeHead head = SignedTreeHead.Sign(run, _rules.Size, _rules.Root, now, _key);
        LedgerEntry entry = LedgerEntry.Create(_rules.Size, now, EntryDraft.Of(head), _rules.Hash);
        return _rules.Take(entry, out _) is { } problem ? throw new LedgerException(problem) : entry;
    }

    private DateTimeOffset Now()
    {
        DateTimeOffset now = _clock.GetUtcNow();
        return now < _rules.Last ? _rules.Last : now;
    }

    private static async IAsyncEnumerable<List<ReadOnlyMemory<byte>>> Batches(ILedgerStore store, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<ReadOnlyMemory<byte>> lines = [];
        await foreach (ReadOnlyMemory<byte> line in store.ReadAsync(0, cancellation))
        {
            lines.Add(line);
            if (lines.Count == MaxBatch)
            {
                yield return lines;
                lines = [];
            }
        }
        yield return lines;
    }
}
