using System.Text;
using System.Text.Json;
using Atoll.Cli.Tests.Joining;
using Atoll.Experiments.Protocol;

namespace Atoll.Cli.Tests.Serving;

/// <summary><c>atoll status RUN</c>: a folder whose coordinator is gone.</summary>
public sealed class FolderStatusTests : IDisposable
{
    private readonly Shell _shell = new();

    private string Ledger => _shell.At("served", "ledger.jsonl");

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_run_that_ended_stands_in_its_folder_as_its_coordinator_had_it()
    {
        RunStatus live = await TrainAsync();

        RunStatus read = await ReadAsync();

        read.Phase.ShouldBe(RunPhase.Finished);
        read.Reason.ShouldBe("The run is finished.");
        read.Arms[0].Results.Count.ShouldBe(3);
        read.Arms[0].Parameters.ShouldBe(3, "two weights and a bias");
        read.Sites.ShouldAllBe(site => site.Activity == SiteActivity.Enrolled && site.Seen == null && site.Done == null);
        Ledgered(read).ShouldBe(Ledgered(live));
        (await _shell.Run("status", Ledger)).ShouldBe(ExitCode.Success, _shell.Error);
        _shell.Output.ShouldStartWith("small: finished, after ");
    }

    [Fact]
    public async Task A_run_that_was_killed_half_way_stands_as_of_its_last_whole_entry()
    {
        await TrainAsync();
        string[] lines = await File.ReadAllLinesAsync(Ledger);
        int second = Array.FindLastIndex(lines, line => line.Contains("\"kind\":\"round-opened\"", StringComparison.Ordinal) && line.Contains("\"round\":2", StringComparison.Ordinal));
        int update = Array.FindIndex(lines, second, line => line.Contains("\"kind\":\"update-received\"", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Ledger, string.Join('\n', lines[..(update + 1)]) + "\n" + lines[update + 1][..20]);

        RunStatus read = await ReadAsync();

        read.Phase.ShouldBe(RunPhase.Training);
        read.Now.ShouldBe(JsonElement.Parse(lines[update]).GetProperty("time").GetDateTimeOffset());
        read.Reason.ShouldMatch("^As of the ledger's last entry, .* UTC: fedavg: round 2 of 3 is open, with 1 of 3 updates\\.$");
        (read.Arms[0].Completed, read.Arms[0].Updates, read.Arms[0].Asked).ShouldBe((1, 1, 3));
        read.Ledger.Size.ShouldBe(update + 1);
        (await _shell.Run("status", _shell.At("served"))).ShouldBe(ExitCode.Success, _shell.Error);
        _shell.Output.ShouldContain("enrolled");
        _shell.Output.ShouldNotContain("online");
    }

    [Fact]
    public async Task A_run_that_nobody_has_joined_says_whom_it_waits_for()
    {
        await using (await ServedExperiment.StartAsync(_shell, "  fedavg: { kind: federated, rounds: 3 }"))
        {
        }
        (await ReadAsync()).Reason.ShouldEndWith("0 of 3 sites have enrolled: waiting for a, b and c.");
    }

    [Fact]
    public async Task A_folder_that_holds_no_run_is_said_to_hold_none()
    {
        (await _shell.Run("status", _shell.Folder)).ShouldBe(ExitCode.BadInput);
        _shell.Error.ShouldContain($"There is no ledger.jsonl in {_shell.Folder}");
        (await _shell.Run("status", _shell.At("nowhere"))).ShouldBe(ExitCode.BadInput);
        _shell.Error.ShouldContain($"There is no ledger {_shell.At("nowhere")}");
    }

    [Fact]
    public async Task A_ledger_that_was_changed_is_not_believed_and_it_is_said_where()
    {
        await TrainAsync();
        byte[] bytes = await File.ReadAllBytesAsync(Ledger);
        string text = Encoding.UTF8.GetString(bytes);
        int entry = text[..text.IndexOf("\"update-received\"", StringComparison.Ordinal)].Count(c => c == '\n');
        await File.WriteAllTextAsync(Ledger, text.Replace("\"rows\":6", "\"rows\":7", StringComparison.Ordinal));

        (await _shell.Run("status", _shell.At("served"))).ShouldBe(ExitCode.DoesNotVerify, _shell.Output);

        _shell.Error.ShouldContain($"{Ledger} does not verify.");
        _shell.Error.ShouldContain($"Entry {entry}");
        _shell.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_experiment_that_is_not_the_ledger_s_is_not_taken_for_it()
    {
        await TrainAsync();
        await File.AppendAllTextAsync(_shell.At("served", "experiment.yaml"), "\n");

        (await _shell.Run("status", _shell.At("served"))).ShouldBe(ExitCode.BadInput);

        _shell.Error.ReplaceLineEndings(" ").ShouldContain("must be the experiment that");
        File.Delete(_shell.At("served", "experiment.yaml"));
        (await _shell.Run("status", _shell.At("served"))).ShouldBe(ExitCode.BadInput);
        _shell.Error.ShouldContain("must lie beside the ledger");
    }

    private async Task<RunStatus> TrainAsync()
    {
        await using ServedExperiment served = await ServedExperiment.StartAsync(_shell, "  fedavg: { kind: federated, rounds: 3 }");
        using StringWriter said = new();
        int[] codes = await Task.WhenAll(served.Tokens.Values.Select(token =>
            CommandLine.RunAsync(["join", token.ToString(), "--data", _shell.At($"{token.Site}.csv"), "--state", _shell.At($"state-{token.Site}"), "--yes"], TextWriter.Synchronized(said), TextWriter.Synchronized(said))));
        codes.ShouldAllBe(code => code == ExitCode.Success, said.ToString());
        await served.Run.Ended.WaitAsync(TimeSpan.FromMinutes(1));
        return served.Run.Status();
    }

    private async Task<RunStatus> ReadAsync()
    {
        (await _shell.Run("status", _shell.At("served"), "--json")).ShouldBe(ExitCode.Success, _shell.Error);
        return JsonSerializer.Deserialize(_shell.Output, ProtocolJson.Default.RunStatus)!;
    }

    /// <summary>What a status says that does not depend on who is connected now.</summary>
    private static string Ledgered(RunStatus status) => JsonSerializer.Serialize(
        status with { Now = status.Started, Sites = [.. status.Sites.Select(site => site with { Activity = SiteActivity.Enrolled, Seen = null, Done = null })] }, ProtocolJson.Default.RunStatus);
}
