using System.Text.Json;
using Atoll.Coordinator.Tests.Storage;
using Xunit.Abstractions;

namespace Atoll.Cli.Tests.Live;

/// <summary>Two coordinators over one PostgreSQL: one is active, the other stands by.</summary>
public sealed class TakeOverTests(PostgresServer server, ITestOutputHelper output) : IClassFixture<PostgresServer>, IDisposable
{
    /// <summary>The lease's three seconds, a start, and what a busy machine makes of them.</summary>
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(30);

    private readonly Terminals _terminals = new();

    public void Dispose() => _terminals.Dispose();

    [SkippableFact]
    public async Task When_the_active_coordinator_is_killed_the_other_goes_on_and_nothing_is_lost()
    {
        server.Require();
        Shell shell = _terminals.Shell;
        shell.Write("rows.csv", Samples.Csv);
        shell.Write("experiment.yaml", Samples.Experiment("  fedavg: { kind: federated, rounds: 60 }"));
        (await shell.Run("run", shell.Folder, "--out", shell.At("simulated"))).ShouldBe(ExitCode.Success, shell.Error);
        (await shell.Run("data", "partition", shell.Folder, "--out", shell.At("sites"))).ShouldBe(ExitCode.Success, shell.Error);

        Terminal active = _terminals.Serve("--store", server.Address);
        Dictionary<string, string> tokens = await Terminals.TokensAsync(active, sites: 3);
        Terminal standby = _terminals.Serve("--store", server.Address);
        await standby.LineAsync("Standing by");
        Terminal[] sites = [.. tokens.Select(site => _terminals.Join(site.Value, site.Key))];
        await active.LineAsync("fedavg round 3 of 60");
        await active.KillAsync();
        DateTimeOffset killed = DateTimeOffset.UtcNow;
        await standby.LineAsync("fedavg round");

        foreach (Terminal site in sites)
        {
            await site.EndAsync(ExitCode.Success);
        }
        await standby.EndAsync(ExitCode.Success);
        File.ReadAllBytes(shell.At("run", "models", "fedavg.safetensors")).ShouldBe(File.ReadAllBytes(shell.At("simulated", "models", "fedavg.safetensors")));
        TimeSpan took = File.ReadLines(shell.At("run", "ledger.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("time").GetDateTimeOffset()).First(time => time > killed) - killed;
        output.WriteLine($"taken over {took.TotalSeconds:F1} s after the kill");
        took.ShouldBeLessThan(Seconds);
        (await shell.Run("ledger", "verify", shell.At("run"))).ShouldBe(ExitCode.Success, shell.Output + shell.Error);
        shell.Output.ReplaceLineEndings(" ").ShouldContain("are those that it proves");
    }
}
