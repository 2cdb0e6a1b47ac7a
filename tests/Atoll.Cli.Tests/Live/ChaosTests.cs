using System.Globalization;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Atoll.Cli.Tests.Live;

/// <summary>
/// Fifty sites whose processes and connections die at random, and a coordinator that is killed too. What happens when depends on the seed (<c>ATOLL_CHAOS_SEED</c>), how
/// long it goes on, on the rounds (<c>ATOLL_CHAOS_ROUNDS</c>; <c>benchmarks/chaos</c> takes more of them).
/// </summary>
public sealed partial class ChaosTests(ITestOutputHelper output) : IDisposable
{
    private const int Sites = 50;

    private readonly Terminals _terminals = new();
    private readonly Dictionary<string, List<Terminal>> _sites = [];
    private readonly int _rounds = Number("ATOLL_CHAOS_ROUNDS", 8), _seed = Number("ATOLL_CHAOS_SEED", 1);

    public void Dispose() => _terminals.Dispose();

    [Fact]
    public async Task After_kills_broken_and_slow_connections_every_acknowledged_update_counts_once_and_the_model_is_their_fold()
    {
        Shell shell = _terminals.Shell;
        shell.Write("experiment.yaml", $$"""
            name: chaos
            seed: {{_seed}}
            data: { catalog: digits }
            partition: { kind: iid, sites: {{Sites}} }
            model: { kind: mlp, hidden: [256] }
            training: { optimizer: { kind: sgd, learning-rate: 0.1 }, batch-size: 8 }
            live: { quorum: 0.9, stall: 10 s }
            arms:
              fedavg: { kind: federated, rounds: {{_rounds}}, evaluate-every: {{_rounds}} }
            """);
        (await shell.Run("data", "partition", shell.Folder, "--out", shell.At("sites"))).ShouldBe(ExitCode.Success, shell.Error);
        await using RoughNetwork network = new(_terminals.Port) { Seed = _seed };
        network.Open();

        Terminal coordinator = Serve(network);
        foreach ((string site, string token) in await Terminals.TokensAsync(coordinator, Sites))
        {
            _sites[site] = [_terminals.Join(token, site)];
        }
        coordinator = await StirAsync(coordinator, network);

        foreach (Terminal site in _sites.Values.Select(starts => starts[^1]))
        {
            await site.EndAsync(ExitCode.Success);
        }
        await coordinator.EndAsync(ExitCode.Success);
        (await shell.Run("ledger", "verify", shell.At("run"))).ShouldBe(ExitCode.Success, shell.Output + shell.Error);
        Refolding ledger = new(shell.At("run"), "fedavg");
        ledger.ShouldHold();
        (string Site, int Round)[] acknowledged = [.. _sites.SelectMany(site => site.Value.SelectMany(start => Acknowledged().Matches(start.Said)).Select(match => (site.Key, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))))];
        acknowledged.Length.ShouldBeGreaterThan(_rounds * Sites / 2);
        acknowledged.ShouldBeSubsetOf(ledger.Counted);
        output.WriteLine($"{ledger.Counted.Count} updates in {_rounds} rounds, {acknowledged.Length} acknowledgements seen");
    }

    /// <summary>Kills, breaks and slows down until the last round but one is done.</summary>
    /// <returns>The coordinator that is there now.</returns>
    private async Task<Terminal> StirAsync(Terminal coordinator, RoughNetwork network)
    {
        Random random = new(_seed);
        int kills = 0, falls = 0;
        await coordinator.LineAsync("round 1 of");
        while (await NextAsync(random.Next(5, 40)))
        {
            switch (random.Next(8))
            {
                case 0 when falls * 3 <= kills:
                    await coordinator.KillAsync();
                    coordinator = Serve(network);
                    falls++;
                    break;
                case < 4:
                    string site = _sites.Keys.ElementAt(random.Next(Sites));
                    await _sites[site][^1].KillAsync();
                    _sites[site].Add(_terminals.JoinAgain(site));
                    kills++;
                    break;
                case < 6:
                    network.Break(random.Next(1, Sites), random);
                    break;
                default:
                    network.Delay = TimeSpan.FromMilliseconds(random.Next(300));
                    break;
            }
        }
        network.Delay = TimeSpan.Zero;
        output.WriteLine($"seed {_seed}: {kills} sites and {falls} coordinators killed, {network.Broken} connections broken");
        return coordinator;
    }

    private Terminal Serve(RoughNetwork network) => _terminals.Serve("--url", network.Url, "--keep-updates");

    /// <summary>Waits until the ledger has so many entries more: what happens keeps pace with the run, however slow the machine is.</summary>
    /// <returns>Whether more than one round is still to be done.</returns>
    private async Task<bool> NextAsync(int entries)
    {
        for (int goal = Entries() + entries; Entries() < goal && Done() < _rounds - 1;)
        {
            await Task.Delay(100);
        }
        return Done() < _rounds - 1;
    }

    private int Entries() => File.ReadLines(_terminals.Shell.At("run", "ledger.jsonl")).Count();

    private int Done() => File.ReadLines(_terminals.Shell.At("run", "ledger.jsonl")).Count(line => line.Contains("\"round-aggregated\"", StringComparison.Ordinal));

    private static int Number(string variable, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    [GeneratedRegex(@"fedavg round (\d+): the update counts")]
    private static partial Regex Acknowledged();
}
