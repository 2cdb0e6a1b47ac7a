using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Atoll.Cli.Tests.Serving;

/// <summary>The walk of the README: one coordinator and three sites, each a command of its own.</summary>
public sealed class FourTerminalsTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_run_across_machines_ends_in_the_simulated_runs_bytes_and_its_ledger_verifies()
    {
        _shell.Write("rows.csv", Samples.Csv);
        _shell.Write("experiment.yaml", Samples.Experiment());
        (await _shell.Run("data", "partition", _shell.Folder, "--out", _shell.At("sites"))).ShouldBe(ExitCode.Success, _shell.Error);
        (await _shell.Run("run", _shell.Folder, "--out", _shell.At("simulated"))).ShouldBe(ExitCode.Success, _shell.Error);

        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(3));
        using Invitations invited = new(3);
        using StringWriter error = new();
        Task<int> coordinator = CommandLine.RunAsync(["serve", _shell.Folder, "--out", _shell.At("live"), "--listen", $"127.0.0.1:{FreePort()}"], invited, error, patience.Token);
        await Task.WhenAny(coordinator, invited.All);
        coordinator.IsCompleted.ShouldBeFalse(error.ToString());
        Task<(int Code, string Said)>[] sites = [.. (await invited.All).Select(site => JoinAsync(site.Name, site.Token, patience.Token))];

        foreach ((int code, string said) in await Task.WhenAll(sites))
        {
            code.ShouldBe(ExitCode.Success, said);
        }
        (await coordinator).ShouldBe(ExitCode.Success, error.ToString());
        File.ReadAllBytes(_shell.At("live", "models", "fedavg.safetensors")).ShouldBe(File.ReadAllBytes(_shell.At("simulated", "models", "fedavg.safetensors")));
        File.Exists(_shell.At("live", "report.html")).ShouldBeTrue();
        (await _shell.Run("ledger", "verify", _shell.At("live"))).ShouldBe(ExitCode.Success, _shell.Output);
        string everything = File.ReadAllText(_shell.At("live", "ledger.jsonl")) + File.ReadAllText(_shell.At("live", "result.json"));
        (await invited.All).ShouldAllBe(site => !everything.Contains(Experiments.Protocol.JoinToken.Parse(site.Token).Secret));
    }

    private async Task<(int Code, string Said)> JoinAsync(string site, string token, CancellationToken cancellation)
    {
        using StringWriter output = new(), error = new();
        int code = await CommandLine.RunAsync(["join", token, "--data", _shell.At("sites", site + ".csv"), "--state", _shell.At("state-" + site), "--yes"], output, error, cancellation);
        return (code, $"{output}\n{error}");
    }

    private static int FreePort()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    /// <summary>Reads the lines to join with from what a coordinator prints.</summary>
    private sealed class Invitations(int count) : StringWriter
    {
        private readonly List<(string Name, string Token)> _sites = [];
        private readonly TaskCompletionSource<IReadOnlyList<(string Name, string Token)>> _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private string _name = "";

        public Task<IReadOnlyList<(string Name, string Token)>> All => _all.Task;

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith("# ", StringComparison.Ordinal) == true)
            {
                _name = value[2..];
            }
            else if (value?.StartsWith("atoll join ", StringComparison.Ordinal) == true)
            {
                _sites.Add((_name, value.Split(' ')[2]));
                if (_sites.Count == count)
                {
                    _all.TrySetResult(_sites);
                }
            }
        }
    }
}
