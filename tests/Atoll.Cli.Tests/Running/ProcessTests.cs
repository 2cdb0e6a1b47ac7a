using System.Diagnostics;

namespace Atoll.Cli.Tests.Running;

/// <summary>The built program in a process of its own: what only a process has, signals and a current folder.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly Shell _shell = new();

    public ProcessTests()
    {
        _shell.Write("rows.csv", Samples.Csv);
        _shell.Write("e.yaml", Samples.Experiment("  fedavg: { kind: federated, rounds: 12000, evaluate-every: 100 }"));
    }

    public void Dispose() => _shell.Dispose();

    [SkippableFact]
    public void An_interrupted_run_goes_on_to_the_same_bytes()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows cannot send another process a Ctrl-C.");
        Run(ExitCode.Success, "run", "e.yaml", "--out", "whole");

        string errors = Interrupted("run", "e.yaml");
        string folder = Directory.GetDirectories(_shell.At("runs")).ShouldHaveSingleItem();
        File.Exists(Path.Combine(folder, "result.json")).ShouldBeFalse();
        errors.ShouldContain($"--resume --out {Path.GetRelativePath(_shell.Folder, folder)}");
        Run(ExitCode.Success, "run", "e.yaml", "--resume", "--threads", "1");

        foreach (string model in Directory.GetFiles(_shell.At("whole", "models")))
        {
            File.ReadAllBytes(Path.Combine(folder, "models", Path.GetFileName(model))).ShouldBe(File.ReadAllBytes(model));
        }
        File.Exists(Path.Combine(folder, "report.html")).ShouldBeTrue();
    }

    [Fact]
    public void Text_for_people_is_plain_where_there_is_no_terminal() => Run(ExitCode.Success, "data", "list").ShouldNotContain('\e');

    private string Run(int code, params string[] args)
    {
        using Process process = Start(args);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(code, errors.GetAwaiter().GetResult());
        return output;
    }

    /// <summary>Lets the program train a while, and sends it what Ctrl-C sends.</summary>
    private string Interrupted(params string[] args)
    {
        using Process process = Start(args);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        while (process.StandardOutput.ReadLine() is { } line && !line.StartsWith("fedavg: round", StringComparison.Ordinal))
        {
        }
        using Process kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(ExitCode.Interrupted, errors.GetAwaiter().GetResult());
        return errors.GetAwaiter().GetResult();
    }

    private Process Start(string[] args) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "atoll.dll"), .. args])
    {
        WorkingDirectory = _shell.Folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
