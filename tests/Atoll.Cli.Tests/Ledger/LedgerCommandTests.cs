using System.Text.Json;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Storage;

namespace Atoll.Cli.Tests.Ledger;

public sealed class LedgerCommandTests : IAsyncLifetime, IDisposable
{
    private readonly Shell _shell = new();
    private readonly SigningKey _key = SigningKey.Create();
    private SignedTreeHead _middle = null!;

    private string Ledger => _shell.At("run", FileLedger.FileName);

    public async Task InitializeAsync()
    {
        await using FileLedger file = await FileLedger.OpenAsync(Ledger);
        await using LedgerWriter writer = await LedgerWriter.OpenAsync(file, _key, TimeProvider.System);
        await writer.AppendAsync(new RunCreated { Run = "demo", Key = _key.PublicKey });
        await writer.AppendAsync(new SiteEnrolled { Site = "=berlin()" });
        await writer.AppendAsync(new RoundOpened { Round = 0 });
        await writer.AppendAsync(new UpdateReceived { Site = "=berlin()", Round = 0, Update = Digest.Of("u"u8) });
        _middle = await writer.AppendHeadAsync();
        await writer.AppendAsync(new UpdateRejected { Reason = "Too large, by \"far\"." });
        await writer.AppendAsync(new RoundAggregated { Round = 0, Updates = [3], Model = Digest.Of("m"u8) });
        await writer.AppendAsync(new RunFinished());
        await File.WriteAllBytesAsync(_shell.At("demo.head.json"), new KeptHead(_key.PublicKey, _middle).ToJson());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _shell.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task A_good_ledger_verifies_and_says_what_was_checked()
    {
        (await _shell.Run("ledger", "verify", _shell.At("run"), "--head", _shell.At("demo.head.json"))).ShouldBe(ExitCode.Success, _shell.Error);

        _shell.Output.ShouldContain("9: canonical, in order");
        _shell.Output.ShouldContain("1 accepted, 1 of them counted, each once");
        _shell.Output.ShouldContain("1 have no key");
        _shell.Output.ShouldContain("the first 4 entries are those that it saw");
        _shell.Output.ShouldContain("It verifies, and the run is finished.");
    }

    [Fact]
    public async Task A_changed_entry_is_named_with_the_reason_and_exit_code_5()
    {
        await File.WriteAllTextAsync(Ledger, (await File.ReadAllTextAsync(Ledger)).Replace("Too large", "Too small", StringComparison.Ordinal));

        (await _shell.Run("ledger", "verify", Ledger)).ShouldBe(5);

        _shell.Error.ShouldContain("does not verify. Entry 6 (line 7): its previous must be");
        (await _shell.Run("ledger", "verify", Ledger, "--json")).ShouldBe(5);
        JsonElement findings = JsonDocument.Parse(_shell.Output).RootElement;
        (findings.GetProperty("verifies").GetBoolean(), findings.GetProperty("problemEntry").GetInt64()).ShouldBe((false, 6));
    }

    [Fact]
    public async Task An_unfinished_ledger_is_good_only_where_that_is_accepted()
    {
        await File.WriteAllLinesAsync(Ledger, (await File.ReadAllLinesAsync(Ledger))[..7]);

        (await _shell.Run("ledger", "verify", Ledger)).ShouldBe(5);
        _shell.Error.ShouldContain("the run is not finished, or the end of its record was cut off: entry 6 is the last.");
        (await _shell.Run("ledger", "verify", Ledger, "--unfinished")).ShouldBe(0);
        _shell.Output.ShouldContain("It verifies as far as it goes, to entry 6.");
    }

    [Fact]
    public async Task Show_has_a_line_an_entry_and_json_the_ledgers_own()
    {
        (await _shell.Run("ledger", "show", _shell.At("run"), "--from", "5")).ShouldBe(0, _shell.Error);
        _shell.Output.TrimEnd().Split('\n').Length.ShouldBe(4);
        _shell.Output.ShouldContain("update-rejected   Too large, by \"far\".");

        (await _shell.Run("ledger", "show", _shell.At("run"), "--kind", "update-received", "--json")).ShouldBe(0, _shell.Error);
        _shell.Output.ShouldBe((await File.ReadAllLinesAsync(Ledger))[3] + Environment.NewLine);
        (await _shell.Run("ledger", "show", _shell.At("run"), "--kind", "update-recieved")).ShouldBe(ExitCode.BadInput);
        _shell.Error.ShouldContain("did you mean 'update-received'?");
    }

    [Fact]
    public async Task A_proof_stands_alone_and_a_changed_one_falls()
    {
        string proof = _shell.At("proof.json"), head = _shell.At("demo.head.json");
        (await _shell.Run("ledger", "prove", _shell.At("run"), "3", "--head", head, "--out", proof)).ShouldBe(0, _shell.Error);
        Directory.Delete(_shell.At("run"), recursive: true);

        (await _shell.Run("ledger", "check-proof", proof)).ShouldBe(0, _shell.Error);
        _shell.Output.ShouldContain(_key.PublicKey.Fingerprint);
        (await _shell.Run("ledger", "check-proof", proof, "--head", head)).ShouldBe(0, _shell.Error);
        _shell.Output.ShouldContain("The head is the one that the witness kept.");

        await File.WriteAllTextAsync(proof, (await File.ReadAllTextAsync(proof)).Replace("\"round\":0", "\"round\":1", StringComparison.Ordinal));
        (await _shell.Run("ledger", "check-proof", proof)).ShouldBe(5);
        _shell.Error.ShouldContain("The path does not lead from entry 3");
    }

    [Fact]
    public async Task An_entry_that_the_head_does_not_cover_cannot_be_proven()
    {
        (await _shell.Run("ledger", "prove", _shell.At("run"), "4", "--head", _shell.At("demo.head.json"), "--out", _shell.At("p.json"))).ShouldBe(ExitCode.BadInput);

        _shell.Error.ShouldContain("ENTRY must be one of the 4 entries that the head covers, from 0 to 3 (was 4).");
    }

    [Fact]
    public async Task Export_is_a_table_in_which_nothing_is_a_formula()
    {
        string csv = _shell.At("ledger.csv");
        (await _shell.Run("ledger", "export", _shell.At("run"), "--out", csv)).ShouldBe(0, _shell.Error);

        string[] lines = await File.ReadAllLinesAsync(csv);
        (lines[0], lines.Length).ShouldBe(("index,time,kind,arm,round,site,reason,hash,data", 10));
        lines[2].ShouldContain(",site-enrolled,,,'=berlin(),,");
        lines[6].ShouldContain("\"Too large, by \"\"far\"\".\"");
        (await _shell.Run("ledger", "export", _shell.At("run"), "--out", csv)).ShouldBe(ExitCode.BadInput);
    }

    [Fact]
    public async Task What_is_not_there_is_bad_input()
    {
        (await _shell.Run("ledger", "verify", _shell.At("gone"))).ShouldBe(ExitCode.BadInput);
        (await _shell.Run("ledger", "check-proof", _shell.At("gone"))).ShouldBe(ExitCode.BadInput);
        (await _shell.Run("ledger", "verify", Ledger, "--head", Ledger)).ShouldBe(ExitCode.BadInput);
        _shell.Error.ShouldContain("must be a file with key and head");
    }
}
