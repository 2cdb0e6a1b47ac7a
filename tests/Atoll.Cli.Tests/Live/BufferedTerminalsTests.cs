using System.Text;
using Atoll.Ledger.Entries;

namespace Atoll.Cli.Tests.Live;

/// <summary>A buffered arm in terminals: sites that wait for nobody, and a coordinator that is killed in between.</summary>
public sealed class BufferedTerminalsTests : IDisposable
{
    private const int Rounds = 12, Size = 2;

    private readonly Terminals _terminals = new();

    public void Dispose() => _terminals.Dispose();

    [Fact]
    public async Task Killed_and_gone_on_with_every_update_counts_once_in_the_round_that_was_under_way_when_it_came()
    {
        Shell shell = _terminals.Shell;
        shell.Write("rows.csv", Samples.Csv);
        shell.Write("experiment.yaml", Samples.Experiment($"  fedbuff: {{ kind: federated, rounds: {Rounds}, buffered: {{ size: {Size}, concurrency: 3 }} }}"));
        (await shell.Run("data", "partition", shell.Folder, "--out", shell.At("sites"))).ShouldBe(ExitCode.Success, shell.Error);

        Terminal coordinator = _terminals.Serve();
        Dictionary<string, string> tokens = await Terminals.TokensAsync(coordinator, sites: 3);
        Dictionary<string, Terminal> sites = tokens.ToDictionary(site => site.Key, site => _terminals.Join(site.Value, site.Key));
        await coordinator.LineAsync($"fedbuff round 3 of {Rounds}");
        await sites["b"].KillAsync();
        await coordinator.KillAsync();
        coordinator = _terminals.Serve();
        sites["b"] = _terminals.JoinAgain("b");

        foreach (Terminal site in sites.Values)
        {
            await site.EndAsync(ExitCode.Success);
        }
        await coordinator.EndAsync(ExitCode.Success);

        (await shell.Run("ledger", "verify", shell.At("run"))).ShouldBe(ExitCode.Success, shell.Output + shell.Error);
        shell.Output.ReplaceLineEndings(" ").ShouldContain("are those that it proves.");
        LedgerEntry[] entries = [.. File.ReadLines(shell.At("run", "ledger.jsonl")).Select(line => LedgerEntry.Parse(Encoding.UTF8.GetBytes(line)))];
        UpdateReceived[] updates = [.. entries.Where(entry => entry.Kind == EntryKind.UpdateReceived).Select(entry => entry.Read<UpdateReceived>())];
        updates.GroupBy(update => update.Round).Select(round => round.Count()).ShouldBe(Enumerable.Repeat(Size, Rounds));
        updates.Select(update => update.Task).Distinct().Count().ShouldBe(updates.Length);
        updates.ShouldContain(update => update.Round > entries[update.Task!.Value].Read<TaskTaken>().Round); // three begin from one model, and two make the next
        sites["a"].Said.ShouldContain("with staleness");
        File.Exists(shell.At("run", "models", "fedbuff.safetensors")).ShouldBeTrue();
    }
}
