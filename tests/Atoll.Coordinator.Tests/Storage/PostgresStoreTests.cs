using System.Text;
using System.Threading.Channels;
using Atoll.Coordinator.Live.Blobs;
using Atoll.Coordinator.Storage;
using Atoll.Ledger;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Storage;
using Npgsql;

namespace Atoll.Coordinator.Tests.Storage;

/// <summary>Against a real PostgreSQL. Takes no time but the lease's own.</summary>
public sealed class PostgresStoreTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private readonly string _run = $"trial-{Guid.NewGuid():n}";

    [SkippableFact]
    public async Task What_is_appended_is_there_when_it_is_opened_again()
    {
        server.Require();
        await using (PostgresStore store = await OpenAsync())
        {
            await store.Ledger.AppendAsync(0, [Line("one"), Line("two")]);
            await store.Ledger.AppendAsync(2, [Line("three")]);
        }
        await using PostgresStore again = await OpenAsync();
        again.Ledger.Length.ShouldBe(3);
        (await TextOf(again.Ledger, from: 1)).ShouldBe(["two", "three"]);
    }

    [SkippableFact]
    public async Task Runs_in_one_database_do_not_see_each_other()
    {
        server.Require();
        await using PostgresStore store = await OpenAsync();
        await store.Ledger.AppendAsync(0, [Line("mine")]);

        await using PostgresStore other = await PostgresStore.OpenAsync(server.Address, $"{_run}-other", TimeProvider.System);
        other.Ledger.Length.ShouldBe(0);
    }

    [SkippableFact]
    public async Task A_gap_in_the_ledger_is_refused()
    {
        server.Require();
        await using (PostgresStore store = await OpenAsync())
        {
            await store.Ledger.AppendAsync(0, [Line("one"), Line("two"), Line("three")]);
        }
        await using (NpgsqlDataSource database = server.Open())
        {
            await using NpgsqlCommand delete = database.CreateCommand("DELETE FROM atoll_entries WHERE run = $1 AND entry = 1");
            delete.Parameters.Add(new NpgsqlParameter { Value = _run });
            await delete.ExecuteNonQueryAsync();
        }
        (await Should.ThrowAsync<LedgerException>(OpenAsync)).Message.ShouldContain("1 of them are missing");
    }

    [SkippableFact]
    public async Task One_stands_by_while_another_coordinates_and_takes_over_when_that_one_ends()
    {
        server.Require();
        PostgresStore first = await OpenAsync();
        TaskCompletionSource<string> waits = new();
        Task<PostgresStore> second = PostgresStore.OpenAsync(server.Address, _run, TimeProvider.System, waits.SetResult);

        (await waits.Task).ShouldStartWith("Standing by: ");
        second.IsCompleted.ShouldBeFalse();
        await first.Ledger.AppendAsync(0, [Line("from the first")]);
        await first.DisposeAsync();

        await using PostgresStore next = await second;
        (await TextOf(next.Ledger, from: 0)).ShouldBe(["from the first"]);
    }

    [SkippableFact]
    public async Task One_stands_by_while_the_database_is_restarted()
    {
        server.Require();
        PostgresStore first = await OpenAsync();
        Channel<string> said = Channel.CreateUnbounded<string>();
        Task<PostgresStore> second = PostgresStore.OpenAsync(server.Address, _run, TimeProvider.System, sentence => said.Writer.TryWrite(sentence));
        (await said.Reader.ReadAsync()).ShouldStartWith("Standing by: ");

        server.Stop();
        (await said.Reader.ReadAsync()).ShouldStartWith("The database cannot be asked whose turn it is: ");
        server.Start();
        await first.DisposeAsync();

        await using PostgresStore next = await second.WaitAsync(TimeSpan.FromMinutes(1));
        await next.Ledger.AppendAsync(0, [Line("from the second")]);
    }

    [SkippableFact]
    public async Task Readers_that_stop_in_the_middle_keep_no_connection_from_those_who_write()
    {
        server.Require();
        const int lines = 2_500, readers = 5;
        await using PostgresStore store = await PostgresStore.OpenAsync($"{server.Address}?Maximum%20Pool%20Size=2", _run, TimeProvider.System);
        await store.Ledger.AppendAsync(0, [.. Enumerable.Range(0, lines).Select(i => Line($"{i}"))]);

        List<IAsyncEnumerator<ReadOnlyMemory<byte>>> slow = [];
        for (int i = 0; i < readers; i++)
        {
            slow.Add(store.Ledger.ReadAsync(0).GetAsyncEnumerator());
            (await slow[^1].MoveNextAsync()).ShouldBeTrue();
        }
        await store.Ledger.AppendAsync(lines, [Line("one more")]);

        (await TextOf(store.Ledger, from: 1)).ShouldBe([.. Enumerable.Range(1, lines - 1).Select(i => $"{i}"), "one more"]);
        foreach (IAsyncEnumerator<ReadOnlyMemory<byte>> reader in slow)
        {
            await reader.DisposeAsync();
        }
    }

    /// <summary>As after a pause of the whole process: it believes that it holds the lease, and does not.</summary>
    [SkippableFact]
    public async Task A_former_holder_can_write_nothing_and_learns_of_it()
    {
        server.Require();
        await using PostgresStore former = await OpenAsync();
        await former.Ledger.AppendAsync(0, [Line("one")]);
        await using (NpgsqlDataSource database = server.Open())
        {
            await using NpgsqlCommand expire = database.CreateCommand("UPDATE atoll_leases SET expires = clock_timestamp() - interval '1 second', epoch = epoch + 1, holder = 'somebody else' WHERE run = $1");
            expire.Parameters.Add(new NpgsqlParameter { Value = _run });
            await expire.ExecuteNonQueryAsync();
        }

        (await Should.ThrowAsync<IOException>(async () => await former.Ledger.AppendAsync(1, [Line("two")]))).Message.ShouldBe($"somebody else coordinates {_run} now; this process may write no more.");
        (await former.Lost.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe($"Another coordinator has taken over {_run}.");
    }

    [SkippableFact]
    public async Task A_ledger_s_rules_hold_in_a_database_too()
    {
        server.Require();
        using SigningKey key = SigningKey.Create();
        await using (PostgresStore store = await OpenAsync())
        {
            await using LedgerWriter writer = await LedgerWriter.OpenAsync(store.Ledger, key, TimeProvider.System);
            await writer.AppendAsync(new RunCreated { Run = _run, Key = key.PublicKey });
            await writer.AppendAsync(new SiteEnrolled { Site = "north" });
            await Should.ThrowAsync<LedgerException>(() => writer.AppendAsync(new SiteEnrolled { Site = "north" }));
        }
        List<string> kinds = [];
        await using PostgresStore again = await OpenAsync();
        await using LedgerWriter goesOn = await LedgerWriter.OpenAsync(again.Ledger, key, TimeProvider.System, fold: entry => kinds.Add(entry.Kind));
        kinds.ShouldBe([EntryKind.RunCreated, EntryKind.SiteEnrolled]);
    }

    [SkippableFact]
    public async Task A_blob_comes_back_as_it_was_and_can_be_sought_in()
    {
        server.Require();
        await using PostgresStore store = await OpenAsync();
        IBlobStore blobs = store.Blobs;
        byte[] content = new byte[3_000_000];
        new Random(7).NextBytes(content);
        Digest name = Digest.Of(content);
        string file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, content);

        await blobs.PutAsync(name, file, default);
        await blobs.PutAsync(name, file, default);

        await using (Stream back = (await blobs.OpenAsync(name, default))!)
        {
            byte[] tail = new byte[1000];
            back.Seek(-tail.Length, SeekOrigin.End);
            await back.ReadExactlyAsync(tail);
            tail.ShouldBe(content[^1000..]);
            back.Position = 0;
            byte[] all = new byte[content.Length];
            await back.ReadExactlyAsync(all);
            Digest.Of(all).ShouldBe(name);
        }
        await blobs.DeleteAsync(name, default);
        (await blobs.OpenAsync(name, default)).ShouldBeNull();
        File.Delete(file);
    }

    [SkippableFact]
    public async Task A_database_that_is_not_there_is_said_to_be()
    {
        server.Require();
        (await Should.ThrowAsync<IOException>(() => PostgresStore.OpenAsync("postgres://atoll@127.0.0.1:1/none", _run, TimeProvider.System))).Message.ShouldStartWith($"The database of {_run} cannot be used:");
    }

    private Task<PostgresStore> OpenAsync() => PostgresStore.OpenAsync(server.Address, _run, TimeProvider.System);

    private static ReadOnlyMemory<byte> Line(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<List<string>> TextOf(PostgresLedger ledger, long from)
    {
        List<string> lines = [];
        await foreach (ReadOnlyMemory<byte> line in ledger.ReadAsync(from))
        {
            lines.Add(Encoding.UTF8.GetString(line.Span));
        }
        return lines;
    }
}
