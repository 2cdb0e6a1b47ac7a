using System.Diagnostics;
using System.Text.Json;

namespace Atoll.Cli.Tests.Meters;

/// <summary>With the commands of a POSIX shell.</summary>
public sealed class MeterCommandTests : IDisposable
{
    private const string Work = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; exit 7";

    private readonly Shell _shell = new();

    public MeterCommandTests() => Directory.CreateDirectory(_shell.Folder);

    public void Dispose() => _shell.Dispose();

    [SkippableFact]
    public async Task A_command_s_exit_code_is_passed_on_and_its_energy_said()
    {
        OnlyWithSh();
        (await _shell.Run("meter", "--", "sh", "-c", Work)).ShouldBe(7);
        _shell.Output.ShouldBe("");
        foreach (string line in (string[])["atoll meter: sh -c", "exit code 7", "processor", "memory", "overhead", "energy", "carbon: not known without --grid.", "PUE 1: no --pue"])
        {
            _shell.Error.ShouldContain(line);
        }
    }

    /// <summary>Carbon is energy × 100 g/kWh, cost energy × 0.5 $/kWh, overhead a fifth of the components: from the figures of the same document.</summary>
    [SkippableFact]
    public async Task Figures_follow_from_the_energy_metered()
    {
        OnlyWithSh();
        string file = _shell.At("meter.json");
        (await _shell.Run("meter", "--grid", "100 g/kWh", "--pue", "1.2", "--tariff", "0.5 $/kWh", "--json", file, "--", "sh", "-c", Work)).ShouldBe(7);

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(file));
        Dictionary<string, double> energy = json.RootElement.GetProperty("energyKWh").EnumerateArray().ToDictionary(e => e.GetProperty("name").GetString()!, Value);
        double components = energy.Where(e => e.Key is not ("overhead" or "total")).Sum(e => e.Value);
        components.ShouldBeGreaterThan(0);
        energy["overhead"].ShouldBe(components * 0.2, components * 1e-9);
        energy["total"].ShouldBe(components * 1.2, components * 1e-9);
        Value(json.RootElement.GetProperty("carbonKg")).ShouldBe(energy["total"] * 0.1, components * 1e-9);
        Value(json.RootElement.GetProperty("costUsd")).ShouldBe(energy["total"] * 0.5, components * 1e-9);
        json.RootElement.GetProperty("exitCode").GetInt32().ShouldBe(7);
        json.RootElement.GetProperty("command").EnumerateArray().Select(w => w.GetString()).ShouldBe(["sh", "-c", Work]);
        double seconds = json.RootElement.GetProperty("seconds").GetDouble();
        json.RootElement.GetProperty("meanPowerW").GetDouble().ShouldBe(energy["total"] * 3.6e6 / seconds, 1e-6);
        foreach (JsonElement figure in json.RootElement.GetProperty("energyKWh").EnumerateArray())
        {
            figure.GetProperty("low").GetDouble().ShouldBeLessThanOrEqualTo(Value(figure));
            figure.GetProperty("high").GetDouble().ShouldBeGreaterThanOrEqualTo(Value(figure));
            figure.GetProperty("basis").GetString().ShouldBeOneOf("measured", "modelled", "assumed");
            figure.GetProperty("source").GetString().ShouldNotBeNullOrEmpty();
        }
    }

    [SkippableFact]
    public async Task A_grid_of_the_catalog_brings_its_source_and_its_country_s_tariff()
    {
        OnlyWithSh();
        (await _shell.Run("meter", "--grid", "SE", "--", "sh", "-c", Work)).ShouldBe(7);
        _shell.Error.ReplaceLineEndings(" ").ShouldContain("carbon: Sweden, 35.9 g/kWh: Ember");
        _shell.Error.ShouldContain("electricity: ");
    }

    [SkippableFact]
    public async Task Json_goes_to_standard_output_where_asked()
    {
        OnlyWithSh();
        (await _shell.Run("meter", "--json", "-", "--", "true")).ShouldBe(0);
        using JsonDocument json = JsonDocument.Parse(_shell.Output);
        json.RootElement.GetProperty("carbonKg").ValueKind.ShouldBe(JsonValueKind.Null);
        json.RootElement.GetProperty("meter").GetString().ShouldNotBeNullOrEmpty();
    }

    [SkippableFact]
    public async Task Options_after_the_dashes_are_the_command_s()
    {
        OnlyWithSh();
        string script = _shell.Write("args.sh", "echo \"$@\" > \"$0.out\"\n");
        (await _shell.Run("meter", "--", "sh", script, "--grid", "nowhere", "--json", "--lr=0.1")).ShouldBe(0);
        File.ReadAllText(script + ".out").ShouldBe("--grid nowhere --json --lr=0.1\n");
    }

    [Theory]
    [InlineData("no-such-command-anywhere")]
    [InlineData("./no-such-command-anywhere")]
    public async Task A_command_that_is_not_there_is_said_with_the_code_of_shells(string command)
    {
        (await _shell.Run("meter", "--", command)).ShouldBe(127);
        _shell.Error.ShouldStartWith($"atoll: The command '{command}' was not found");
    }

    [SkippableFact]
    public async Task A_file_that_may_not_be_executed_is_said_with_the_code_of_shells()
    {
        OnlyWithSh();
        (await _shell.Run("meter", "--", _shell.Write("plain.txt", "no program"))).ShouldBe(126);
        _shell.Error.ShouldContain("could not be started: this user may not execute it.");
    }

    [Theory]
    [InlineData("--grid", "Swedn", "--grid: ", "did you mean 'Sweden'?")]
    [InlineData("--grid", "35.9 kg", "--grid must be a carbon intensity", "which is a mass of CO₂ equivalent")]
    [InlineData("--grid", "-5 g/kWh", "--grid must not be below zero", "-5 g/kWh")]
    [InlineData("--pue", "0.9", "--pue: ", "must be at least 1 (was \"0.9\")")]
    [InlineData("--pue", "NaN", "--pue must be ", "(was \"NaN\")")]
    [InlineData("--tariff", "0.2 kWh", "--tariff must be a price of energy", "which is an energy")]
    [InlineData("--json", "/no/such/folder/meter.json", "--json: ", "cannot be written")]
    public async Task An_option_that_is_none_is_refused_before_the_command_runs(string option, string text, string begins, string contains)
    {
        string witness = _shell.At("ran");
        (await _shell.Run("meter", option, text, "--", "touch", witness)).ShouldBe(2);
        _shell.Error.ShouldStartWith("atoll: " + begins);
        _shell.Error.ShouldContain(contains);
        File.Exists(witness).ShouldBeFalse();
    }

    /// <summary>The command catches it, cleans up and ends with a code of its own, for which the meter waits.</summary>
    [SkippableFact]
    public async Task An_interruption_is_passed_on_and_the_command_s_end_waited_for()
    {
        // Not a shell: one that was started with the signal ignored, as behind nohup, may not catch it.
        Skip.IfNot(File.Exists(Python), $"needs {Python}");
        string ready = _shell.At("ready"), script = _shell.Write("trap.py", $"""
            import signal, sys, time
            signal.signal(signal.SIGINT, lambda *_: sys.exit(42))
            open("{ready}", "w").close()
            while True: time.sleep(0.05)
            """);
        using CancellationTokenSource cancel = new();
        StringWriter error = new();
        Task<int> run = CommandLine.RunAsync(["meter", "--", Python, script], TextWriter.Null, error, cancel.Token);
        long start = Stopwatch.GetTimestamp();
        while (!File.Exists(ready) && Stopwatch.GetElapsedTime(start).TotalSeconds < 20)
        {
            await Task.Delay(20);
        }
        await cancel.CancelAsync();
        (await run).ShouldBe(42);
        error.ToString().ShouldContain("exit code 42");
    }

    private const string Python = "/usr/bin/python3";

    private static double Value(JsonElement figure) => figure.GetProperty("value").GetDouble();

    private static void OnlyWithSh() => Skip.If(OperatingSystem.IsWindows(), "needs a POSIX shell");
}
