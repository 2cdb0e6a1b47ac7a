using System.Text;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Storage;
using Atoll.Ledger.Tests.Fixtures;

namespace Atoll.Ledger.Tests.Storage;

public sealed class FileLedgerTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly SampleRun _run = new();

    public void Dispose()
    {
        _folder.Dispose();
        _run.Dispose();
    }

    [Fact]
    public async Task What_was_appended_is_there_when_opened_anew()
    {
        await using (FileLedger file = await FileLedger.OpenAsync(_folder.At("new/deep/ledger.jsonl")))
        {
            file.Length.ShouldBe(0);
            await file.AppendAsync(0, [Bytes("one"), Bytes("two")]);
            await file.AppendAsync(2, [Bytes("three")]);
        }

        await using FileLedger again = await FileLedger.OpenAsync(_folder.At("new/deep/ledger.jsonl"));
        (again.Length, again.Recovered).ShouldBe((3, null));
        (await Read(again, 1)).ShouldBe(["two", "three"]);
    }

    /// <summary>Places are remembered every 1,024 lines.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(2048)]
    [InlineData(2499)]
    [InlineData(2500)]
    public async Task A_reader_of_the_end_gets_the_lines_from_where_it_asks(int from)
    {
        string[] lines = [.. Enumerable.Range(0, 2500).Select(i => new string('x', i % 7) + i)];
        await using (FileLedger file = await FileLedger.OpenAsync(_folder.Ledger))
        {
            await file.AppendAsync(0, [.. lines[..1000].Select(Bytes)]);
            await file.AppendAsync(1000, [.. lines[1000..].Select(Bytes)]);
            (await Read(file, from)).ShouldBe(lines[from..]);
        }

        await using FileLedger again = await FileLedger.OpenAsync(_folder.Ledger);
        (await Read(again, from)).ShouldBe(lines[from..]);
    }

    [Fact]
    public async Task One_writer_at_a_time_and_readers_at_any()
    {
        await using FileLedger file = await FileLedger.OpenAsync(_folder.Ledger);
        await file.AppendAsync(0, [Bytes("one")]);

        (await Should.ThrowAsync<LedgerException>(FileLedger.OpenAsync(_folder.Ledger))).Message.ShouldBe($"Another process is writing {_folder.Ledger}. One at a time.");
        await using FileStream reader = FileLedger.OpenToRead(_folder.Ledger);
        reader.Length.ShouldBe(4);
    }

    [Fact]
    public async Task A_writer_whose_place_was_taken_cannot_go_on()
    {
        await using FileLedger file = await FileLedger.OpenAsync(_folder.Ledger);
        await file.AppendAsync(0, [Bytes("one")]);

        Should.Throw<LedgerException>(() => file.AppendAsync(0, [Bytes("two")]).AsTask()).Message.ShouldContain("must be 1 (was 0)");
    }

    /// <summary>A crash while the last line is being written, at every byte of it.</summary>
    [Fact]
    public async Task A_torn_last_line_is_cut_off_and_said_and_the_run_goes_on()
    {
        byte[] whole = await _run.Short();
        byte[][] lines = Lines.Of(whole);
        byte[] before = Lines.Join(lines[..^2]), torn = lines[^2];
        for (int written = 1; written < torn.Length; written += 7)
        {
            await File.WriteAllBytesAsync(_folder.Ledger, [.. before, .. torn[..written]]);
            await using (FileLedger file = await FileLedger.OpenAsync(_folder.Ledger))
            {
                file.Recovered.ShouldBe($"The last line of {_folder.Ledger} was not written whole ({written} bytes, never acknowledged); it was cut off after entry {lines.Length - 3}.");
                await using LedgerWriter writer = await LedgerWriter.OpenAsync(file, _run.Coordinator, new Clock());
                await writer.AppendAsync(new RunFinished());
            }
            Lines.Verify(await File.ReadAllBytesAsync(_folder.Ledger)).IsComplete.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Anything_else_that_does_not_verify_is_refused_with_entry_and_reason()
    {
        byte[] ledger = await _run.Short();
        byte[] changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(ledger).Replace("\"rows\":12", "\"rows\":13", StringComparison.Ordinal));
        await File.WriteAllBytesAsync(_folder.Ledger, changed);

        await using FileLedger file = await FileLedger.OpenAsync(_folder.Ledger);
        (await Should.ThrowAsync<LedgerException>(LedgerWriter.OpenAsync(file, _run.Coordinator, new Clock()))).Message
            .ShouldBe("A ledger to go on with must verify, but this does not. Entry 3 (line 4): the signature of 'berlin': the signature is not of this key and statement.");
        (await File.ReadAllBytesAsync(_folder.Ledger)).ShouldBe(changed);
    }

    [Fact]
    public async Task Only_its_owner_may_read_the_file()
    {
        await using FileLedger file = await FileLedger.OpenAsync(_folder.Ledger);

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_folder.Ledger).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [SkippableFact]
    public async Task A_full_disk_is_said_and_what_was_acknowledged_stays()
    {
        using SmallDisk? disk = SmallDisk.Mount(_folder.At("disk"), kilobytes: 64);
        Skip.If(disk is null, "A file system of 64 kB cannot be mounted here (it takes Linux and root).");
        string path = _folder.At("disk/ledger.jsonl");
        List<LedgerEntry> acknowledged = [];
        await using (FileLedger file = await FileLedger.OpenAsync(path))
        {
            await using LedgerWriter writer = await LedgerWriter.OpenAsync(file, _run.Coordinator, new Clock());
            acknowledged.Add(await writer.AppendAsync(_run.Created));

            IOException full = await Should.ThrowAsync<IOException>(async () =>
            {
                while (acknowledged.Count < 1000)
                {
                    acknowledged.Add(await writer.AppendAsync(new EntryDraft("note", SampleRun.Json($$"""{"text":"{{new string('x', 3000)}}"}"""))));
                }
            });
            full.Message.ShouldContain("No space left on device");
        }

        await using FileLedger again = await FileLedger.OpenAsync(path);
        await using LedgerWriter reopened = await LedgerWriter.OpenAsync(again, _run.Coordinator, new Clock());
        (reopened.Size, again.Recovered).ShouldBe((acknowledged.Count, null));
    }

    [Fact]
    public async Task Lines_longer_than_a_block_and_a_line_too_long()
    {
        string large = new('x', LedgerEntry.MaxBytes);
        await using (FileLedger file = await FileLedger.OpenAsync(_folder.Ledger))
        {
            await file.AppendAsync(0, [Bytes(large), Bytes("a"), Bytes(large), Bytes("b")]);
            (await Read(file, 0)).ShouldBe([large, "a", large, "b"]);
            await file.AppendAsync(4, [Bytes(large + large)]);
        }
        (await Should.ThrowAsync<LedgerException>(FileLedger.OpenAsync(_folder.Ledger))).Message.ShouldContain("at most 1048576 bytes");
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<List<string>> Read(FileLedger file, long from)
    {
        List<string> lines = [];
        await foreach (ReadOnlyMemory<byte> line in file.ReadAsync(from))
        {
            lines.Add(Encoding.UTF8.GetString(line.Span));
        }
        return lines;
    }
}
