using System.Text.Json;

namespace Atoll.Cli.Tests.Live;

/// <summary>Sites at the end of a long thin line: 200 ms there and back, one segment in a hundred lost, 10 Mbit/s.</summary>
public sealed class SlowNetworkTests : IDisposable
{
    private const int Rounds = 2;

    /// <summary>A body takes a second of the line.</summary>
    private const string Experiment = """
        name: slow
        data: { catalog: digits }
        partition: { kind: iid, sites: 3 }
        model: { kind: mlp, hidden: [512, 512] }
        training: { optimizer: { kind: sgd, learning-rate: 0.1 }, batch-size: 32 }
        arms:
          fedavg: { kind: federated, rounds: 2 }
        """;

    private readonly Terminals _terminals = new();

    public void Dispose() => _terminals.Dispose();

    [Fact]
    public async Task Transfers_that_break_off_go_on_where_they_were_and_the_model_is_the_simulated_one()
    {
        await PrepareAsync();
        await using RoughNetwork network = new(_terminals.Port) { Delay = TimeSpan.FromMilliseconds(100), Rate = 10e6 / 8, Lost = 0.03 };
        network.Open();
        Terminal coordinator = _terminals.Serve("--url", network.Url);
        Dictionary<string, string> tokens = await Terminals.TokensAsync(coordinator, sites: 3);
        Dictionary<string, Terminal> sites = tokens.ToDictionary(site => site.Key, site => _terminals.Join(site.Value, site.Key));

        Task breaking = BreakUploadsAsync(network, tokens.Keys);
        await EndAsync(coordinator, sites.Values);
        await breaking;

        network.Broken.ShouldBeGreaterThan(0);
        tokens.Keys.Sum(site => Sent(site).Count(line => line.GetProperty("method").GetString() == "PUT" && line.GetProperty("offset").GetInt64() > 0)).ShouldBeGreaterThan(0, "no upload went on from its middle");
    }

    /// <summary>The kernel's own emulation, where this machine lets us use it.</summary>
    [SkippableFact]
    public async Task The_run_completes_through_the_kernel_s_network_emulator()
    {
        using NetworkNamespaces? network = NetworkNamespaces.Make(sites: 3, "delay 100ms loss 1% rate 10mbit", out string missing);
        Skip.If(network is null, missing);
        await PrepareAsync();
        Terminal coordinator = _terminals.Atoll("serve", ".", "--out", "run", "--listen", $"{network.Host}:{_terminals.Port}", "--url", $"https://{network.Host}:{_terminals.Port}");
        Dictionary<string, string> tokens = await Terminals.TokensAsync(coordinator, sites: 3);
        Terminal[] sites = [.. tokens.Select((site, index) => _terminals.Open("ip", ["netns", "exec", network.Sites[index], .. _terminals.JoinCommand(site.Value, site.Key)]))];

        await EndAsync(coordinator, sites);
    }

    private async Task PrepareAsync()
    {
        Shell shell = _terminals.Shell;
        shell.Write("experiment.yaml", Experiment);
        (await shell.Run("run", shell.Folder, "--out", shell.At("simulated"))).ShouldBe(ExitCode.Success, shell.Error);
        (await shell.Run("data", "partition", shell.Folder, "--out", shell.At("sites"))).ShouldBe(ExitCode.Success, shell.Error);
    }

    private async Task EndAsync(Terminal coordinator, IEnumerable<Terminal> sites)
    {
        foreach (Terminal site in sites)
        {
            await site.EndAsync(ExitCode.Success);
        }
        await coordinator.EndAsync(ExitCode.Success);
        Shell shell = _terminals.Shell;
        (await shell.Run("ledger", "verify", shell.At("run"))).ShouldBe(ExitCode.Success, shell.Output + shell.Error);
        File.ReadAllBytes(shell.At("run", "models", "fedavg.safetensors")).ShouldBe(File.ReadAllBytes(shell.At("simulated", "models", "fedavg.safetensors")));
    }

    /// <summary>Waits until each round's first bodies have come half the way, and breaks every connection.</summary>
    private async Task BreakUploadsAsync(RoughNetwork network, IEnumerable<string> sites)
    {
        for (int round = 1; round <= Rounds; round++)
        {
            while (sites.Sum(site => Sent(site).Count(line => line.GetProperty("method").GetString() == "PUT" && line.GetProperty("offset").GetInt64() == 0)) <= (round - 1) * 3)
            {
                await Task.Delay(50);
            }
            await Task.Delay(800);
            network.Break(int.MaxValue, new Random(round));
        }
    }

    private IEnumerable<JsonElement> Sent(string site)
    {
        string file = _terminals.Shell.At($"state-{site}", "audit.jsonl");
        return File.Exists(file) ? File.ReadAllLines(file).Where(line => line.EndsWith('}')).Select(line => JsonElement.Parse(line)) : [];
    }
}
