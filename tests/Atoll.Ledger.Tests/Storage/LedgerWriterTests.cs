using Atoll.Ledger.Entries;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Storage;
using Atoll.Ledger.Tests.Fixtures;

namespace Atoll.Ledger.Tests.Storage;

public sealed class LedgerWriterTests : IDisposable
{
    private readonly SampleRun _run = new();
    private readonly MemoryLedger _store = new();
    private readonly Clock _clock = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Nothing_is_acknowledged_before_it_is_durable()
    {
        TaskCompletionSource disk = new();
        _store.Disk = disk.Task;
        await using LedgerWriter writer = await Open();

        Task<LedgerEntry> append = writer.AppendAsync(_run.Created);
        SpinWait.SpinUntil(() => _store.Appends == 1, TimeSpan.FromSeconds(30)).ShouldBeTrue();

        append.IsCompleted.ShouldBeFalse();
        writer.Size.ShouldBe(0);
        disk.SetResult();
        (await append).Index.ShouldBe(0);
        writer.Size.ShouldBe(1);
    }

    [Fact]
    public async Task Those_who_come_while_the_disk_is_busy_share_the_next_flush()
    {
        await using LedgerWriter writer = await Open();
        await writer.AppendAsync(_run.Created);
        TaskCompletionSource disk = new();
        _store.Disk = disk.Task;
        Task<LedgerEntry> first = writer.AppendAsync(Note(0));
        SpinWait.SpinUntil(() => _store.Appends == 2, TimeSpan.FromSeconds(30)).ShouldBeTrue();

        Task<LedgerEntry>[] others = [.. Enumerable.Range(1, 500).Select(i => writer.AppendAsync(Note(i)))];
        disk.SetResult();

        LedgerEntry[] entries = await Task.WhenAll([first, .. others]);
        _store.Appends.ShouldBe(3);
        entries.Select(e => e.Index).ShouldBe(Enumerable.Range(1, 501).Select(i => (long)i));
        entries.Select(e => e.Data.GetProperty("n").GetInt32()).ShouldBe(Enumerable.Range(0, 501));
    }

    [Fact]
    public async Task Many_threads_at_once_give_a_ledger_that_verifies()
    {
        await using LedgerWriter writer = await Open(headEachBatch: true);
        await writer.AppendAsync(_run.Created);

        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, cancellation) => await writer.AppendAsync(Note(i), cancellation));
        await writer.AppendAsync(new RunFinished());

        Lines.Verify(_store.File().ToArray()).ShouldSatisfyAllConditions(v => v.IsComplete.ShouldBeTrue(), v => v.Kinds["note"].ShouldBe(2000), v => v.TreeHeads.ShouldBeGreaterThan(1));
    }

    [Fact]
    public async Task What_waits_can_be_cancelled_and_what_is_being_written_cannot()
    {
        await using LedgerWriter writer = await Open();
        await writer.AppendAsync(_run.Created);
        TaskCompletionSource disk = new();
        _store.Disk = disk.Task;
        using CancellationTokenSource cancellation = new();
        Task<LedgerEntry> begun = writer.AppendAsync(Note(1), cancellation.Token);
        SpinWait.SpinUntil(() => _store.Appends == 2, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        Task<LedgerEntry> waiting = writer.AppendAsync(Note(2), cancellation.Token);

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        begun.IsCompleted.ShouldBeFalse();
        disk.SetResult();

        (await begun).Index.ShouldBe(1);
        (await writer.AppendAsync(Note(3))).Index.ShouldBe(2);
    }

    [Fact]
    public async Task A_store_that_fails_closes_the_ledger_for_everyone()
    {
        await using LedgerWriter writer = await Open();
        await writer.AppendAsync(_run.Created);
        _store.Fault = new IOException("No space left on device.");

        (await Should.ThrowAsync<IOException>(writer.AppendAsync(Note(1)))).Message.ShouldBe("No space left on device.");
        _store.Fault = null;
        (await Should.ThrowAsync<IOException>(writer.AppendAsync(Note(2)))).Message.ShouldBe("The ledger is closed since it could not be written: No space left on device. Open it anew.");

        await using LedgerWriter again = await Open();
        (await again.AppendAsync(Note(3))).Index.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_entry_harms_no_other_in_its_batch()
    {
        TaskCompletionSource disk = new();
        _store.Disk = disk.Task;
        await using LedgerWriter writer = await Open();
        Task<LedgerEntry> created = writer.AppendAsync(_run.Created), before = writer.AppendAsync(Note(1)), bad = writer.AppendAsync(new SiteReturned { Site = "nobody" }), after = writer.AppendAsync(Note(2));
        disk.SetResult();

        await Should.ThrowAsync<LedgerException>(bad);
        ((await created).Index, (await before).Index, (await after).Index).ShouldBe((0, 1, 2));
    }

    [Fact]
    public async Task A_site_may_be_enrolled_and_heard_in_one_batch()
    {
        await using LedgerWriter writer = await Open();

        await Task.WhenAll(writer.AppendAsync(_run.Created), writer.AppendAsync(_run.Enrolled), writer.AppendAsync(new RoundOpened { Round = 0 }), writer.AppendAsync(_run.Update(0, "n")));

        Lines.Verify(_store.File().ToArray()).SiteSignatures.ShouldBe(2);
    }

    [Fact]
    public async Task Time_stands_still_where_the_clock_goes_back()
    {
        await using LedgerWriter writer = await Open();
        LedgerEntry created = await writer.AppendAsync(_run.Created);
        _clock.Now -= TimeSpan.FromHours(1);

        (await writer.AppendAsync(Note(1))).Time.ShouldBe(created.Time);
        Lines.Verify(_store.File().ToArray()).Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Opened_anew_it_goes_on_and_gives_every_entry_for_the_state()
    {
        List<LedgerEntry> written = [], replayed = [];
        await using (LedgerWriter writer = await Open())
        {
            written.Add(await writer.AppendAsync(_run.Created));
            written.Add(await writer.AppendAsync(_run.Enrolled));
            written.Add(await writer.AppendAsync(new RoundOpened { Round = 0 }));
            written.Add(await writer.AppendAsync(_run.Update(0, "n")));
            await writer.AppendHeadAsync();
        }

        await using LedgerWriter again = await LedgerWriter.OpenAsync(_store, _run.Coordinator, _clock, fold: replayed.Add);

        replayed.Take(4).Select(e => e.Hash).ShouldBe(written.Select(e => e.Hash));
        again.Head!.Size.ShouldBe(4);
        (await Should.ThrowAsync<LedgerException>(again.AppendAsync(_run.Update(0, "n")))).Message.ShouldContain("it is a replay");
        await again.AppendAsync(new RoundAggregated { Round = 0, Updates = [3], Model = SampleRun.AHash });
    }

    [Fact]
    public async Task The_state_gets_entries_in_their_order_whoever_appends_them_and_each_before_its_caller_knows()
    {
        List<LedgerEntry> folded = [];
        await using LedgerWriter writer = await LedgerWriter.OpenAsync(_store, _run.Coordinator, _clock, fold: folded.Add);
        await writer.AppendAsync(_run.Created);

        await Parallel.ForEachAsync(Enumerable.Range(1, 500), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, cancellation) =>
        {
            LedgerEntry entry = await writer.AppendAsync(Note(i), cancellation);
            folded[(int)entry.Index].Hash.ShouldBe(entry.Hash);
        });

        folded.Select(entry => entry.Index).ShouldBe(Enumerable.Range(0, 501).Select(i => (long)i));
    }

    [Fact]
    public async Task A_run_that_ended_without_its_head_gets_it_when_opened()
    {
        byte[][] lines = Lines.Of(await _run.Short());
        await _store.AppendAsync(0, [.. lines[..^1].Select(line => (ReadOnlyMemory<byte>)line.AsMemory(0, line.Length - 1))]);
        Lines.Verify(_store.File().ToArray()).IsComplete.ShouldBeFalse();

        await using LedgerWriter writer = await Open();

        Lines.Verify(_store.File().ToArray()).IsComplete.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_key_cannot_go_on_or_begin()
    {
        using SigningKey other = SigningKey.Create();
        await using (LedgerWriter wrong = await LedgerWriter.OpenAsync(_store, other, _clock))
        {
            (await Should.ThrowAsync<LedgerException>(wrong.AppendAsync(_run.Created))).Message.ShouldContain("its key must be the one that signs");
        }
        await using (LedgerWriter writer = await Open())
        {
            await writer.AppendAsync(_run.Created);
        }
        (await Should.ThrowAsync<LedgerException>(LedgerWriter.OpenAsync(_store, other, _clock))).Message.ShouldContain("must be gone on with by the key that began it");
    }

    [Fact]
    public async Task Its_proofs_hold_against_its_heads()
    {
        await using LedgerWriter writer = await Open();
        await writer.AppendAsync(_run.Created);
        SignedTreeHead first = await writer.AppendHeadAsync();
        LedgerEntry note = await writer.AppendAsync(Note(1));
        SignedTreeHead second = await writer.AppendHeadAsync();

        second.WhyNot(_run.Coordinator.PublicKey).ShouldBeNull();
        MerkleProof.IsIncluded(note.Hash, note.Index, second.Size, writer.Inclusion(note.Index, second.Size), second.Root).ShouldBeTrue();
        MerkleProof.IsConsistent(first.Size, first.Root, second.Size, second.Root, writer.Consistency(first.Size, second.Size)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_head_of_nothing_and_a_head_by_hand_are_refused()
    {
        await using LedgerWriter writer = await Open();

        (await Should.ThrowAsync<LedgerException>(writer.AppendHeadAsync())).Message.ShouldBe("The ledger refuses this tree-head: there is nothing to sign yet.");
        await Should.ThrowAsync<LedgerException>(writer.AppendAsync(new EntryDraft("tree-head", SampleRun.Json("{}"))));
        await Should.ThrowAsync<LedgerException>(writer.AppendAsync(new EntryDraft("Not A Kind", SampleRun.Json("{}"))));
        await Should.ThrowAsync<LedgerException>(writer.AppendAsync(new EntryDraft("note", SampleRun.Json("[]"))));
        await Should.ThrowAsync<LedgerException>(writer.AppendAsync(new EntryDraft("note", SampleRun.Json($$"""{"text":"{{new string('x', LedgerEntry.MaxBytes)}}"}"""))));
        (await Should.ThrowAsync<LedgerException>(writer.AppendAsync(Note(1)))).Message.ShouldContain("the first entry must be run-created");
        (await writer.AppendAsync(_run.Created)).Index.ShouldBe(0);
    }

    [Fact]
    public async Task Data_is_nested_as_deep_as_its_line_can_be_read_and_no_deeper()
    {
        await using LedgerWriter writer = await Open();
        await writer.AppendAsync(_run.Created);
        EntryDraft Nested(int depth) => new("note", SampleRun.Json($$"""{"a":{{new string('[', depth)}}{{new string(']', depth)}}}"""));

        await writer.AppendAsync(Nested(62));
        (await Should.ThrowAsync<LedgerException>(writer.AppendAsync(Nested(63)))).Message.ShouldContain("canonical form");
        Lines.Verify(_store.File().ToArray()).ShouldSatisfyAllConditions(v => v.Problem.ShouldBeNull(), v => v.Entries.ShouldBe(2));
    }

    private static EntryDraft Note(int n) => new("note", SampleRun.Json($$"""{"n":{{n}}}"""));

    private Task<LedgerWriter> Open(bool headEachBatch = false) => LedgerWriter.OpenAsync(_store, _run.Coordinator, _clock, headEachBatch);
}
