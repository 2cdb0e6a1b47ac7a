using System.ComponentModel;
using System.Diagnostics;

namespace Atoll.Cli.Tests.Live;

/// <summary>A client written from docs/protocol.md alone joins a real run: examples/python-client.</summary>
public sealed class PythonClientTests : IDisposable
{
    private readonly Terminals _terminals = new();

    public void Dispose() => _terminals.Dispose();

    [SkippableFact]
    public async Task It_trains_beside_two_sites_of_Atoll_s_own()
    {
        string? python = Python();
        if (python is null)
        {
            const string missing = "Python 3 with numpy and cryptography is missing. In Debian: apt-get install python3-numpy python3-cryptography";
            Environment.GetEnvironmentVariable("CI").ShouldNotBe("true", missing);
            Skip.If(true, missing);
        }
        Shell shell = _terminals.Shell;
        shell.Write("rows.csv", Samples.Csv);
        shell.Write("experiment.yaml", Samples.Experiment("""
              fedavg: { kind: federated, rounds: 4, training: { local-epochs: 2 } }
              fedbuff: { kind: federated, rounds: 4, training: { local-epochs: 2 }, buffered: { size: 2, concurrency: 3 } }
            """));
        (await shell.Run("data", "partition", shell.Folder, "--out", shell.At("sites"))).ShouldBe(ExitCode.Success, shell.Error);

        Terminal coordinator = _terminals.Serve();
        Dictionary<string, string> tokens = await Terminals.TokensAsync(coordinator, sites: 3);
        Terminal[] sites =
        [
            _terminals.Join(tokens["a"], "a"), _terminals.Join(tokens["b"], "b"),
            _terminals.Open(python!, [Path.Combine(Checkout.Root, "examples", "python-client", "atoll_site.py"), tokens["c"],
                "--data", Path.Combine("sites", "c.csv"), "--label", "kind", "--learning-rate", "0.1", "--batch-size", "2"]),
        ];
        foreach (Terminal site in sites)
        {
            await site.EndAsync(ExitCode.Success);
        }
        await coordinator.EndAsync(ExitCode.Success);

        sites[^1].Said.ShouldContain("fedavg round 4");
        sites[^1].Said.ShouldContain("fedbuff round 1: loss"); // all three begin from the first model
        (await shell.Run("ledger", "verify", shell.At("run"))).ShouldBe(ExitCode.Success, shell.Output + shell.Error);
        shell.Output.ShouldContain("signatures");
    }

    private static string? Python() => ((string[])["python3", "/usr/bin/python3"]).FirstOrDefault(python =>
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(python, ["-c", "import cryptography, numpy"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    });
}
