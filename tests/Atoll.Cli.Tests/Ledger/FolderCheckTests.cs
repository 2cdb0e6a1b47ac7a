using System.Text.Json;
using Atoll.Cli.Tests.Joining;
using Atoll.Learning.Tensors;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Storage;
using Atoll.Ledger.Verification;

namespace Atoll.Cli.Tests.Ledger;

/// <summary>A run across three sites that is over, for tests that each take a copy of its folder.</summary>
public sealed class FinishedRun : IAsyncLifetime, IDisposable
{
    private readonly Shell _shell = new();

    public async Task InitializeAsync()
    {
        await using ServedExperiment served = await ServedExperiment.StartAsync(_shell, "  fedavg: { kind: federated, rounds: 2 }");
        using StringWriter said = new();
        int[] codes = await Task.WhenAll(served.Tokens.Values.Select(token =>
            CommandLine.RunAsync(["join", token.ToString(), "--data", _shell.At($"{token.Site}.csv"), "--state", _shell.At($"state-{token.Site}"), "--yes"], TextWriter.Synchronized(said), TextWriter.Synchronized(said))));
        codes.ShouldAllBe(code => code == ExitCode.Success, said.ToString());
        await served.Run.Ended.WaitAsync(TimeSpan.FromMinutes(1));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _shell.Dispose();

    /// <summary>The coordinator's own key: what it would write itself verifies.</summary>
    internal SigningKey Key() => SigningKey.FromPkcs8(File.ReadAllBytes(_shell.At("served", "secrets", "ledger.key")));

    internal void CopyTo(string folder)
    {
        foreach (string part in new[] { ".", "models", "blobs" })
        {
            Directory.CreateDirectory(Path.Combine(folder, part));
            foreach (string file in Directory.GetFiles(_shell.At("served", part)))
            {
                File.Copy(file, Path.Combine(folder, part, Path.GetFileName(file)));
            }
        }
    }
}

/// <summary><c>atoll ledger verify FOLDER</c>: what lies beside the ledger is what it says.</summary>
public sealed class FolderCheckTests : IClassFixture<FinishedRun>, IDisposable
{
    private readonly FinishedRun _run;
    private readonly Shell _shell = new();

    public FolderCheckTests(FinishedRun run)
    {
        _run = run;
        run.CopyTo(Folder);
    }

    private string Folder => _shell.At("run");

    private string Said => (_shell.Output + _shell.Error).ReplaceLineEndings(" ").Replace("   ", " ", StringComparison.Ordinal);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_folder_as_its_coordinator_left_it_is_proven_wherever_it_lies()
    {
        await VerifyAsync(ExitCode.Success);

        Said.ShouldContain("experiment.yaml: holds, it has the SHA-256 that entry 0 names");
        Said.ShouldContain(" names, and the weights that the last round ended with");
        Said.ShouldContain("result.json: holds, it has the SHA-256 that the ledger's entries come to");
        Said.ShouldContain("blobs: holds, 2 there have the SHA-256 in the name");
        Said.ShouldContain("The experiment, the models and the result beside it are those that it proves.");
        JsonElement findings = await FindingsAsync(ExitCode.Success);
        (findings.GetProperty("verifies").GetBoolean(), findings.GetProperty("resultProven").GetBoolean()).ShouldBe((true, true));
        States(findings).ShouldBe(["experiment.yaml holds", "models/fedavg.safetensors holds", "result.json holds", "blobs holds"]);
    }

    [Fact]
    public async Task A_model_with_one_bit_changed_is_named_with_both_hashes()
    {
        string hash = Flip("models", "fedavg.safetensors");

        await VerifyAsync(ExitCode.DoesNotVerify);

        _shell.Error.ShouldContain("is not as its ledger says: models/fedavg.safetensors differs, entry ");
        _shell.Error.ShouldContain($"names the SHA-256 {hash}, but it has {Hash("models", "fedavg.safetensors")}.");
        Said.ShouldNotContain("proves");
        JsonElement findings = await FindingsAsync(ExitCode.DoesNotVerify);
        (findings.GetProperty("verifies").GetBoolean(), findings.GetProperty("resultProven").GetBoolean()).ShouldBe((false, false));
        JsonElement model = findings.GetProperty("files")[1];
        (model.GetProperty("named").GetString(), model.GetProperty("actual").GetString()).ShouldBe((hash, Hash("models", "fedavg.safetensors")));
    }

    [Fact]
    public async Task A_coordinator_that_puts_another_model_at_the_end_of_its_own_record_is_found_out()
    {
        string model = Path.Combine(Folder, "models", "fedavg.safetensors"), ledger = Path.Combine(Folder, FileLedger.FileName);
        string before = SafetensorsFile.Sha256(model);
        byte[] bytes = File.ReadAllBytes(model);
        bytes[^1] ^= 1;
        File.WriteAllBytes(model, bytes);
        List<LedgerEntry> entries = [];
        (await new LedgerVerifier().VerifyAsync(ledger, entries.Add)).Problem.ShouldBeNull();
        File.Delete(ledger);
        using (SigningKey key = _run.Key())
        {
            await using FileLedger store = await FileLedger.OpenAsync(ledger);
            await using LedgerWriter writer = await LedgerWriter.OpenAsync(store, key, TimeProvider.System);
            foreach (LedgerEntry entry in entries.Where(entry => writer.Size <= entry.Index)) // the end brings its head with it
            {
                await (entry.Kind == EntryKind.TreeHead ? writer.AppendHeadAsync() : (Task)writer.AppendAsync(new EntryDraft(entry.Kind,
                    JsonElement.Parse(entry.Data.GetRawText().Replace(before, SafetensorsFile.Sha256(model), StringComparison.Ordinal)))));
            }
        }

        await VerifyAsync(ExitCode.DoesNotVerify);

        Said.ShouldContain("models/fedavg.safetensors: DIFFERS, it must have the weights that the last round ended with, but has others");
    }

    [Fact]
    public async Task A_number_changed_in_the_result_is_named_with_what_it_must_be()
    {
        string result = Path.Combine(Folder, "result.json");
        File.WriteAllText(result, File.ReadAllText(result).Replace("\"rejected\": 0", "\"rejected\": 1", StringComparison.Ordinal));

        await VerifyAsync(ExitCode.DoesNotVerify);

        _shell.Error.ShouldContain("result.json differs, the ledger's entries come to the SHA-256 ");
        _shell.Error.ShouldContain("$.live.rejected must be 0 (was 1)");
    }

    [Fact]
    public async Task Without_the_ledgers_experiment_the_result_is_not_checked()
    {
        File.AppendAllText(Path.Combine(Folder, "experiment.yaml"), "\n");

        JsonElement findings = await FindingsAsync(ExitCode.DoesNotVerify);

        _shell.Error.ShouldContain("experiment.yaml differs, entry 0 names the SHA-256 ");
        States(findings).ShouldBe(["experiment.yaml differs", "models/fedavg.safetensors holds", "result.json not-checked", "blobs holds"]);
        findings.GetProperty("files")[2].GetProperty("text").GetString().ShouldBe("it follows from the ledger and the experiment, and there is no experiment to go by");
    }

    [Fact]
    public async Task What_was_deleted_is_no_error_but_then_nothing_is_said_to_be_proven()
    {
        Directory.Delete(Path.Combine(Folder, "models"), recursive: true);
        Directory.Delete(Path.Combine(Folder, "blobs"), recursive: true);

        await VerifyAsync(ExitCode.Success);

        Said.ShouldContain("models/fedavg.safetensors: not checked, it is not there;");
        Said.ShouldContain("result.json: not checked, it follows from the ledger and the sites' schemas, but of blobs/");
        Said.ShouldContain("This does not prove the result: not checked were models/fedavg.safetensors, result.json.");
        Said.ShouldNotContain("those that it proves");
    }

    [Fact]
    public async Task A_body_that_is_not_what_its_name_says_is_named()
    {
        string body = Path.GetFileName(Directory.GetFiles(Path.Combine(Folder, "blobs"))[0]);
        Flip("blobs", body);

        await VerifyAsync(ExitCode.DoesNotVerify);

        _shell.Error.ShouldContain($"blobs/{body} differs, its name gives the SHA-256 {body}, but it has {Hash("blobs", body)}");
    }

    [Fact]
    public async Task What_the_ledger_does_not_name_is_said_to_be_unchecked()
    {
        File.WriteAllText(Path.Combine(Folder, "models", "better.safetensors"), "");
        File.WriteAllText(Path.Combine(Folder, "report.html"), "");

        await VerifyAsync(ExitCode.Success);

        Said.ShouldContain("models: not checked, the ledger names no better.safetensors");
        Said.ShouldContain("report.html: not checked,");
    }

    [Fact]
    public async Task Of_a_run_that_is_not_over_there_is_no_result_to_prove()
    {
        string ledger = Path.Combine(Folder, "ledger.jsonl");
        File.WriteAllLines(ledger, File.ReadAllLines(ledger)[..5]);

        await VerifyAsync(ExitCode.Success, "--unfinished");

        Said.ShouldContain("result.json: not checked, the run is not over, so it has no result yet");
        Said.ShouldContain("This does not prove the result: not checked was result.json.");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("{\"\\udc00\":1}")]
    public async Task A_result_that_is_anything_else_differs(string text)
    {
        File.WriteAllText(Path.Combine(Folder, "result.json"), text);

        await VerifyAsync(ExitCode.DoesNotVerify);

        _shell.Error.ShouldContain("result.json differs,");
    }

    [Fact]
    public async Task Folders_and_devices_in_a_files_place_differ()
    {
        File.Delete(Path.Combine(Folder, "result.json"));
        Directory.CreateDirectory(Path.Combine(Folder, "result.json"));
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(Path.Combine(Folder, "models", "fedavg.safetensors"));
            File.CreateSymbolicLink(Path.Combine(Folder, "models", "fedavg.safetensors"), "/dev/zero");
        }

        await VerifyAsync(ExitCode.DoesNotVerify);

        Said.ShouldContain("result.json: DIFFERS, it must be a file (was a folder)");
        if (!OperatingSystem.IsWindows())
        {
            _shell.Error.ShouldContain("models/fedavg.safetensors differs,");
        }
    }

    [SkippableFact]
    public async Task A_result_that_is_a_link_to_what_never_ends_differs()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such devices.");
        File.Delete(Path.Combine(Folder, "result.json"));
        File.CreateSymbolicLink(Path.Combine(Folder, "result.json"), "/dev/zero");

        await VerifyAsync(ExitCode.DoesNotVerify);

        _shell.Error.ShouldContain("result.json differs,");
    }

    [Fact]
    public async Task Of_a_ledger_alone_nothing_beside_it_is_checked()
    {
        Flip("models", "fedavg.safetensors");

        (await _shell.Run("ledger", "verify", Path.Combine(Folder, "ledger.jsonl"))).ShouldBe(ExitCode.Success, _shell.Error);

        Said.ShouldNotContain("models");
    }

    private async Task VerifyAsync(int code, params string[] more) => (await _shell.Run(["ledger", "verify", Folder, .. more])).ShouldBe(code, _shell.Output + _shell.Error);

    private async Task<JsonElement> FindingsAsync(int code)
    {
        await VerifyAsync(code, "--json");
        return JsonElement.Parse(_shell.Output);
    }

    private static string[] States(JsonElement findings) => [.. findings.GetProperty("files").EnumerateArray().Select(file => $"{file.GetProperty("file")} {file.GetProperty("state")}")];

    private string Hash(params string[] names) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine([Folder, .. names]))));

    /// <summary>Changes the last byte; gives the hash of before.</summary>
    private string Flip(params string[] names)
    {
        string hash = Hash(names), file = Path.Combine([Folder, .. names]);
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        return hash;
    }
}
