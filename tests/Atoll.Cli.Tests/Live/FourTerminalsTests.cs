using System.Text.Json;
using System.Text.RegularExpressions;

namespace Atoll.Cli.Tests.Live;

/// <summary>The walk of the README: a coordinator, a terminal for each site, and a record that proves what they did.</summary>
public sealed partial class FourTerminalsTests : IDisposable
{
    private const string Arms = """
          fedavg: { kind: federated, rounds: 25 }
          scaffold: { kind: federated, rounds: 25, local-objective: { kind: scaffold } }
        """;

    private readonly Terminals _terminals = new();

    public FourTerminalsTests()
    {
        _terminals.Shell.Write("rows.csv", Samples.Csv);
        _terminals.Shell.Write("experiment.yaml", Samples.Experiment(Arms));
    }

    public void Dispose() => _terminals.Dispose();

    [Fact]
    public async Task A_live_run_ends_in_the_model_of_the_simulated_run_byte_for_byte_and_its_ledger_verifies()
    {
        await SimulateAsync();
        Terminal coordinator = _terminals.Serve();
        Dictionary<string, string> tokens = await Terminals.TokensAsync(coordinator, sites: 3);
        Terminal[] sites = [.. tokens.Select(site => _terminals.Join(site.Value, site.Key))];

        foreach (Terminal site in sites)
        {
            await site.EndAsync(ExitCode.Success);
        }
        await coordinator.EndAsync(ExitCode.Success);
        await ShouldBeProvenAsync();
        File.Exists(_terminals.Shell.At("run", "report.html")).ShouldBeTrue();
        string record = File.ReadAllText(_terminals.Shell.At("run", "ledger.jsonl")) + File.ReadAllText(_terminals.Shell.At("run", "result.json"));
        tokens.Values.ShouldAllBe(token => !record.Contains(Experiments.Protocol.JoinToken.Parse(token).Secret));
    }

    [Fact]
    public async Task A_coordinator_and_a_site_that_are_killed_go_on_to_the_same_bytes()
    {
        await SimulateAsync();
        Terminal coordinator = _terminals.Serve();
        Dictionary<string, string> tokens = await Terminals.TokensAsync(coordinator, sites: 3);
        Dictionary<string, Terminal> sites = tokens.ToDictionary(site => site.Key, site => _terminals.Join(site.Value, site.Key));

        await coordinator.LineAsync("fedavg round 2 of 25");
        await sites["b"].KillAsync();
        await coordinator.KillAsync();
        (await _terminals.Shell.Run("status", _terminals.Shell.At("run"))).ShouldBe(ExitCode.Success, _terminals.Shell.Error);
        _terminals.Shell.Output.ShouldContain("As of the ledger's last entry");

        coordinator = _terminals.Serve();
        sites["b"] = _terminals.JoinAgain("b");
        await coordinator.LineAsync(line => line.Contains("scaffold round ", StringComparison.Ordinal) || line.Contains("scaffold: ", StringComparison.Ordinal)); // sites that waited may be ahead of its first look
        await coordinator.KillAsync();
        coordinator = _terminals.Serve();

        foreach (Terminal site in sites.Values)
        {
            await site.EndAsync(ExitCode.Success);
        }
        await coordinator.EndAsync(ExitCode.Success);
        await ShouldBeProvenAsync();
    }

    [Fact]
    public async Task The_operator_aborts_a_run_and_nobody_else_does()
    {
        _terminals.Shell.Write("experiment.yaml", Samples.Experiment("  fedavg: { kind: federated, rounds: 5000, training: { local-epochs: 200 } }"));
        (await _terminals.Shell.Run("data", "partition", _terminals.Shell.Folder, "--arm", "fedavg", "--out", _terminals.Shell.At("sites"))).ShouldBe(ExitCode.Success, _terminals.Shell.Error);
        Terminal coordinator = _terminals.Serve();
        Dictionary<string, string> tokens = await Terminals.TokensAsync(coordinator, sites: 3);
        string operatorToken = OperatorLine().Match(coordinator.Said).Groups[1].Value;
        Terminal[] sites = [.. tokens.Select(site => _terminals.Join(site.Value, site.Key))];
        await coordinator.LineAsync("fedavg round ");
        string[] abort = ["abort", $"https://127.0.0.1:{_terminals.Port}", "--authority", "run", "--reason", "The wrong files."];

        await _terminals.Atoll(abort).EndAsync(ExitCode.Usage);
        _terminals.Environment["ATOLL_OPERATOR"] = "somebody else's";
        Terminal stranger = _terminals.Atoll(abort);
        await stranger.EndAsync(ExitCode.Usage); // a token has no spaces
        _terminals.Environment["ATOLL_OPERATOR"] = "somebody-else";
        stranger = _terminals.Atoll(abort);
        await stranger.EndAsync(ExitCode.Refused);
        await _terminals.Atoll([.. abort, "--token-file", _terminals.Shell.Write("operator.token", operatorToken)]).EndAsync(ExitCode.Success);

        foreach (Terminal site in sites)
        {
            await site.EndAsync(ExitCode.ArmStopped);
        }
        await coordinator.EndAsync(ExitCode.ArmStopped);
        (await _terminals.Shell.Run("ledger", "verify", _terminals.Shell.At("run"))).ShouldBe(ExitCode.Success, _terminals.Shell.Error);
        File.ReadAllText(_terminals.Shell.At("run", "ledger.jsonl")).ShouldContain("The wrong files.");
    }

    [SkippableFact]
    public async Task A_site_and_a_coordinator_that_sleep_go_on_where_they_were_when_they_wake()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows stops no process by a signal.");
        _terminals.Shell.Write("experiment.yaml", Samples.Experiment(Arms) + "\nlive: { stall: 2 s }\n");
        await SimulateAsync();
        Terminal coordinator = _terminals.Serve();
        Dictionary<string, string> tokens = await Terminals.TokensAsync(coordinator, sites: 3);
        Dictionary<string, Terminal> sites = tokens.ToDictionary(site => site.Key, site => _terminals.Join(site.Value, site.Key));

        await coordinator.LineAsync("fedavg round 2 of 25");
        await sites["b"].SleepAsync();
        await LedgerHasAsync("site-lost");
        await sites["b"].WakeAsync();
        await coordinator.LineAsync("scaffold round 2 of 25");
        await coordinator.SleepAsync();
        await Task.Delay(TimeSpan.FromSeconds(3)); // longer than the stall: when it wakes, nobody has been heard of for too long
        await coordinator.WakeAsync();

        foreach (Terminal site in sites.Values)
        {
            await site.EndAsync(ExitCode.Success);
        }
        await coordinator.EndAsync(ExitCode.Success);
        await ShouldBeProvenAsync();
    }

    /// <summary>It would wait for its coordinator for ever.</summary>
    [Theory]
    [InlineData(40, false)]
    [InlineData(400, true)] // the coordinator that comes to the end has never heard the site
    public async Task A_site_that_was_lost_shortly_before_the_end_is_waited_for_and_gets_the_model(int rounds, bool isRestarted)
    {
        _terminals.Shell.Write("experiment.yaml", Samples.Experiment($$"""  fedavg: { kind: federated, rounds: {{rounds}}, evaluate-every: {{rounds}} }""") + "\nlive: { quorum: 0.6, stall: 2 s }\n");
        (await _terminals.Shell.Run("data", "partition", _terminals.Shell.Folder, "--out", _terminals.Shell.At("sites"))).ShouldBe(ExitCode.Success, _terminals.Shell.Error);
        Terminal coordinator = _terminals.Serve();
        Dictionary<string, string> tokens = await Terminals.TokensAsync(coordinator, sites: 3);
        Dictionary<string, Terminal> sites = tokens.ToDictionary(site => site.Key, site => _terminals.Join(site.Value, site.Key));
        await coordinator.LineAsync("fedavg round ");

        await sites["c"].KillAsync();
        if (isRestarted)
        {
            await LedgerHasAsync("site-lost");
            await coordinator.KillAsync();
            coordinator = _terminals.Serve();
        }
        await coordinator.LineAsync("Waiting for up to");
        sites["c"] = _terminals.JoinAgain("c");

        foreach (Terminal site in sites.Values)
        {
            await site.EndAsync(ExitCode.Success);
        }
        await coordinator.EndAsync(ExitCode.Success);
        sites["c"].Said.ShouldContain("The model of fedavg: ");
        (await _terminals.Shell.Run("ledger", "verify", _terminals.Shell.At("run"))).ShouldBe(ExitCode.Success, _terminals.Shell.Output + _terminals.Shell.Error);
    }

    [Fact]
    public async Task Serving_a_run_that_is_over_writes_its_result_again_from_the_ledger_and_ends_at_once()
    {
        Shell shell = _terminals.Shell;
        (await shell.Run("data", "partition", shell.Folder, "--out", shell.At("sites"))).ShouldBe(ExitCode.Success, shell.Error);
        Terminal coordinator = _terminals.Serve();
        Dictionary<string, string> tokens = await Terminals.TokensAsync(coordinator, sites: 3);
        foreach (Terminal site in tokens.Select(site => _terminals.Join(site.Value, site.Key)).ToArray())
        {
            await site.EndAsync(ExitCode.Success);
        }
        await coordinator.EndAsync(ExitCode.Success);
        string[] files = ["result.json", "report.html", Path.Combine("models", "scaffold.safetensors")];
        byte[][] written = [.. files.Select(file => File.ReadAllBytes(shell.At("run", file)))];
        byte[] ledger = File.ReadAllBytes(shell.At("run", "ledger.jsonl"));
        foreach (string file in files)
        {
            File.Delete(shell.At("run", file));
        }

        Terminal again = _terminals.Serve();
        await again.EndAsync(ExitCode.Success);

        again.Said.ReplaceLineEndings(" ").ShouldContain("The run is finished. Every site that took part knows");
        again.Said.ShouldNotContain("Waiting for up to");
        files.Select(file => File.ReadAllBytes(shell.At("run", file))).ShouldBe(written);
        File.ReadAllBytes(shell.At("run", "ledger.jsonl")).ShouldBe(ledger, "nothing is left to be recorded");
    }

    private async Task LedgerHasAsync(string kind)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(5));
        string file = _terminals.Shell.At("run", "ledger.jsonl");
        for (string text = ""; !text.Contains($"\"kind\":\"{kind}\"", StringComparison.Ordinal); await Task.Delay(TimeSpan.FromMilliseconds(100), patience.Token))
        {
            using FileStream open = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader reader = new(open);
            text = await reader.ReadToEndAsync(patience.Token);
        }
    }

    private async Task SimulateAsync()
    {
        Shell shell = _terminals.Shell;
        (await shell.Run("run", shell.Folder, "--out", shell.At("simulated"))).ShouldBe(ExitCode.Success, shell.Error);
        (await shell.Run("data", "partition", shell.Folder, "--out", shell.At("sites"))).ShouldBe(ExitCode.Success, shell.Error);
    }

    private async Task ShouldBeProvenAsync()
    {
        Shell shell = _terminals.Shell;
        (await shell.Run("ledger", "verify", shell.At("run"))).ShouldBe(ExitCode.Success, shell.Output + shell.Error);
        shell.Output.ReplaceLineEndings(" ").ShouldContain("are those that it proves.");
        foreach (string arm in (string[])["fedavg", "scaffold"])
        {
            File.ReadAllBytes(shell.At("run", "models", $"{arm}.safetensors")).ShouldBe(File.ReadAllBytes(shell.At("simulated", "models", $"{arm}.safetensors")), arm);
        }
        using JsonDocument result = JsonDocument.Parse(File.ReadAllBytes(shell.At("run", "result.json")));
        result.RootElement.GetProperty("arms").EnumerateArray().Select(arm => arm.GetProperty("name").GetString()).ShouldBe(["fedavg", "scaffold"]);
    }

    [GeneratedRegex("^operator +(\\S+)", RegexOptions.Multiline)]
    private static partial Regex OperatorLine();
}
