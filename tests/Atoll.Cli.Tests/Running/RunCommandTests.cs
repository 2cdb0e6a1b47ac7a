using System.Security.Cryptography;
using System.Text.Json;
using Atoll.Experiments.Results;

namespace Atoll.Cli.Tests.Running;

public sealed class RunCommandTests : IDisposable
{
    private readonly Shell _shell = new();

    public RunCommandTests() => _shell.Write("rows.csv", Samples.Csv);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_run_leaves_a_report_a_result_models_and_the_resolved_experiment()
    {
        _shell.Write("experiment.yaml", Samples.Experiment());

        (await _shell.Run("run", _shell.Folder, "--out", _shell.At("run"))).ShouldBe(ExitCode.Success, _shell.Error);

        RunResult result = JsonSerializer.Deserialize(File.ReadAllText(_shell.At("run", "result.json")), RunResultJson.Default.RunResult)!;
        result.Arms.Select(arm => arm.Name).ShouldBe(["centralized", "fedavg"]);
        foreach (ArmResult arm in result.Arms)
        {
            arm.ModelSha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_shell.At("run", "models", arm.Name + ".safetensors")))));
        }
        File.ReadAllText(_shell.At("run", "report.html")).ShouldContain("fedavg");
        _shell.Output.TrimEnd().ShouldEndWith($"Report: {_shell.At("run", "report.html")}");
        _shell.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_experiment_in_a_run_folder_runs_again_to_the_same_models()
    {
        string file = _shell.Write("experiment.yaml", Samples.Experiment());
        (await _shell.Run("run", file, "--out", _shell.At("run"))).ShouldBe(ExitCode.Success, _shell.Error);

        (await _shell.Run("run", _shell.At("run", "experiment.yaml"), "--out", _shell.At("again"))).ShouldBe(ExitCode.Success, _shell.Error);

        foreach (string model in Directory.GetFiles(_shell.At("run", "models")))
        {
            File.ReadAllBytes(_shell.At("again", "models", Path.GetFileName(model))).ShouldBe(File.ReadAllBytes(model));
        }
        File.ReadAllText(_shell.At("again", "experiment.yaml")).ShouldBe(File.ReadAllText(_shell.At("run", "experiment.yaml")));
    }

    [Fact]
    public async Task With_json_the_result_alone_stands_on_standard_output()
    {
        string file = _shell.Write("e.yaml", Samples.Experiment());

        (await _shell.Run("run", file, "--json", "--repeat", "2", "--seed", "3", "--out", _shell.At("run"))).ShouldBe(ExitCode.Success, _shell.Error);

        RunResult result = JsonSerializer.Deserialize(_shell.Output, RunResultJson.Default.RunResult)!;
        (result.Seed, result.Repeats).ShouldBe((3UL, 2));
        result.Arms[0].Final!.PooledSd.ShouldNotBeNull();
        _shell.Error.ShouldContain("small: seeds 3 to 4");
        _shell.Error.ShouldContain("Report: ");
    }

    [Fact]
    public async Task A_dry_run_shows_the_plan_and_writes_nothing()
    {
        string file = _shell.Write("e.yaml", Samples.Experiment());
        string[] before = Directory.GetFileSystemEntries(_shell.Folder);

        (await _shell.Run("run", file, "--dry-run", "--out", _shell.At("run"))).ShouldBe(ExitCode.Success);

        _shell.Output.ShouldContain("24 rows (18 to train, 6 to test), 2 features, 2 classes, 3 sites");
        Directory.GetFileSystemEntries(_shell.Folder).ShouldBe(before);
    }

    [Fact]
    public async Task Only_the_arms_that_are_asked_for_run_and_the_baseline()
    {
        string file = _shell.Write("e.yaml", Samples.Experiment("  a: { kind: federated }\n  b: { kind: federated }\n  c: { kind: local }"));

        (await _shell.Run("run", file, "--json", "--arm", "a", "c", "--out", _shell.At("run"))).ShouldBe(ExitCode.Success, _shell.Error);

        JsonSerializer.Deserialize(_shell.Output, RunResultJson.Default.RunResult)!.Arms.Select(arm => arm.Name).ShouldBe(["centralized", "a", "c"]);
    }

    [Fact]
    public async Task An_arm_that_diverges_stops_alone_and_the_exit_code_says_so()
    {
        string file = _shell.Write("e.yaml", Samples.Experiment("""
              wild: { kind: federated, rounds: 50, model: { kind: mlp, hidden: [8] }, training: { optimizer: { kind: sgd, learning-rate: 1e30 } } }
              tame: { kind: federated, rounds: 3 }
            """));

        (await _shell.Run("run", file, "--out", _shell.At("run"))).ShouldBe(ExitCode.ArmStopped, _shell.Error);

        RunResult result = JsonSerializer.Deserialize(File.ReadAllText(_shell.At("run", "result.json")), RunResultJson.Default.RunResult)!;
        result.Arms.Select(arm => (arm.Name, arm.Stopped is null)).ShouldBe([("centralized", true), ("wild", false), ("tame", true)]);
        _shell.Output.ShouldContain("wild: stopped before its end: ");
    }

    [Theory]
    [InlineData("--repeat", "1")]
    [InlineData("--dry-run")]
    public async Task A_folder_that_holds_something_is_left_as_it_is_and_no_data_is_looked_for(params string[] more)
    {
        string file = _shell.Write("e.yaml", Samples.Experiment().Replace("rows.csv", "gone.csv", StringComparison.Ordinal));
        Directory.CreateDirectory(_shell.At("run"));
        File.WriteAllText(_shell.At("run", "mine.txt"), "mine");

        (await _shell.Run(["run", file, "--out", _shell.At("run"), .. more])).ShouldBe(ExitCode.BadInput);

        _shell.Error.TrimEnd().ShouldBe($"atoll: --out must be a folder for this run alone (report, result and models go there), new or empty, but {_shell.At("run")} holds something. Choose another.");
        _shell.Output.ShouldBeEmpty();
        Directory.GetFiles(_shell.At("run")).ShouldBe([_shell.At("run", "mine.txt")]);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_leaves_the_result_shown_and_says_how_to_get_it()
    {
        string file = _shell.Write("e.yaml", Samples.Experiment());
        await _shell.Run("run", file, "--out", _shell.At("run"));
        File.Delete(_shell.At("run", "report.html"));
        Directory.CreateDirectory(_shell.At("run", "report.html", "in-the-way"));

        (await _shell.Run("run", file, "--resume", "--out", _shell.At("run"))).ShouldBe(ExitCode.Failure);
        _shell.Output.ShouldContain("fedavg reaches");
        _shell.Error.ShouldContain($"--resume --out {_shell.At("run")}");

        Directory.Delete(_shell.At("run", "report.html"), recursive: true);
        (await _shell.Run("run", file, "--resume", "--out", _shell.At("run"))).ShouldBe(ExitCode.Success, _shell.Error);
        File.Exists(_shell.At("run", "report.html")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("model: { kind: logistic }", "model: { kind: mlp, hidden: [2000000000] }", "the model or the batch is too large for memory: must be a smaller model or batch-size.")]
    [InlineData("batch-size: 2", "batch-size: 2000000000", "make the batch or the network smaller.")]
    public async Task What_no_memory_holds_is_the_inputs_fault(string good, string bad, string said)
    {
        string file = _shell.Write("e.yaml", Samples.Experiment().Replace(good, bad, StringComparison.Ordinal));

        (await _shell.Run("run", file, "--out", _shell.At("run"))).ShouldBe(ExitCode.BadInput, _shell.Error);

        _shell.Error.ShouldStartWith($"atoll: {file}: ");
        _shell.Error.TrimEnd().ShouldEndWith(said);
    }

    [Fact]
    public async Task A_folder_that_holds_a_run_comes_with_the_command_that_goes_on_with_it()
    {
        string file = _shell.Write("e.yaml", Samples.Experiment());
        (await _shell.Run("run", file, "--out", _shell.At("run"))).ShouldBe(ExitCode.Success, _shell.Error);

        (await _shell.Run("run", file, "--out", _shell.At("run"))).ShouldBe(ExitCode.BadInput);

        _shell.Error.ShouldContain($"run {file} --resume --out {_shell.At("run")}");
    }

    [Theory]
    [InlineData("name: small", "nme: small", "e.yaml:1:1: name is missing")]
    [InlineData("rows.csv", "gone.csv", "gone.csv")]
    [InlineData("label: kind", "label: kin", "kin")]
    [InlineData("site: place", "site: plaice", "plaice")]
    [InlineData("kind: logistic", "kind: mcmahan-cnn", "images of [height, width, channels]")]
    [InlineData("metrics: [accuracy, auc, loss]", "metrics: [r2]", "r2")]
    [InlineData("data: { csv: [rows.csv], label: kind, site: place,", "partition: { kind: iid, sites: 500 }\ndata: { csv: [rows.csv], label: kind,", "500")]
    public async Task What_cannot_be_used_is_refused_in_words_before_anything_is_written(string good, string bad, string named)
    {
        string file = _shell.Write("e.yaml", Samples.Experiment().Replace(good, bad, StringComparison.Ordinal));

        (await _shell.Run("run", file, "--out", _shell.At("run"))).ShouldBe(ExitCode.BadInput, _shell.Error);

        _shell.Error.ShouldStartWith($"atoll: {file}:");
        _shell.Error.ShouldContain(named);
        _shell.Error.ShouldNotContain("   at ");
        _shell.Error.ShouldNotContain("(Parameter");
        Directory.Exists(_shell.At("run")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_arm_that_is_not_there_is_refused_with_the_nearest_name()
    {
        string file = _shell.Write("e.yaml", Samples.Experiment());

        (await _shell.Run("run", file, "--arm", "fedvg")).ShouldBe(ExitCode.Usage);

        _shell.Error.TrimEnd().ShouldBe("atoll: --arm: An arm must be one of centralized, fedavg, but 'fedvg' is none; did you mean 'fedavg'?");
    }
}
