using System.Text.Json;
using Atoll.Experiments.Protocol;
using Atoll.Experiments.Results;
using Atoll.Ledger.Verification;

namespace Atoll.Simulation.Tests.Live;

public sealed class LiveRunTests
{
    /// <summary>Every algorithm whose state between rounds must come through.</summary>
    private const string Arms = """
        fedavg: { kind: federated, rounds: 3, training: { optimizer: { kind: sgd, learning-rate: 0.1, schedule: { kind: cosine } } } }
          scaffold: { kind: federated, rounds: 3, local-objective: { kind: scaffold }, selection: { kind: uniform, fraction: 0.5 } }
          feddyn: { kind: federated, rounds: 3, local-objective: { kind: fed-dyn, alpha: 0.1 } }
          fednova: { kind: federated, rounds: 3, aggregation: { kind: fed-nova }, training: { local-epochs: { min: 1, max: 4 } } }
          fedadam: { kind: federated, rounds: 3, server-optimizer: { kind: fed-adam, learning-rate: 0.05 }, evaluate-every: 2 }
        """;

    [Fact]
    public async Task A_live_run_ends_in_the_models_of_the_simulated_one_byte_for_byte()
    {
        using LiveLab lab = new(Arms);
        await using LiveLab.OpenRun open = await lab.OpenAsync("live");

        await lab.FinishAsync(open.Run);

        lab.Models("live").ShouldBe(lab.Simulated(), ignoreOrder: true);
        VerificationResult verified = await lab.VerifyAsync("live");
        verified.IsComplete.ShouldBeTrue();
        verified.UpdatesCounted.ShouldBe(3 * 4 * 4 + 3 * 2);
        RunStatus status = open.Run.Status();
        status.Phase.ShouldBe(RunPhase.Finished);
        status.Arms.ShouldAllBe(arm => arm.Completed == 3 && arm.Results.Count == 3);
        lab.Sites.ShouldAllBe(site => site.End!.Finished && site.End.Models.Count == 5);
    }

    [Fact]
    public async Task The_result_is_a_fold_over_the_ledger()
    {
        using LiveLab lab = new(Arms);
        string before;
        await using (LiveLab.OpenRun open = await lab.OpenAsync("live"))
        {
            await lab.FinishAsync(open.Run);
            before = JsonSerializer.Serialize(open.Run.Result(), RunResultJson.Default.RunResult);
        }
        File.ReadAllText(lab["live", "result.json"]).ShouldBe(before);

        await using LiveLab.OpenRun again = await lab.OpenAsync("live");
        await again.Run.Ended; // its files are written once more

        JsonSerializer.Serialize(again.Run.Result(), RunResultJson.Default.RunResult).ShouldBe(before);
        RunResult result = again.Run.Result();
        ArmResult fedavg = result.Arms.Single(arm => arm.Name == "fedavg");
        fedavg.ModelSha256.ShouldBe(lab.Models("live")["fedavg"]);
        fedavg.Final!.Pooled["accuracy"].ShouldNotBeNull();
        fedavg.Final.Pooled["auc"].ShouldBeNull();
        fedavg.Final.PerSite.Count.ShouldBe(4);
        result.Data.Sites.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Killed_after_any_entry_the_run_goes_on_to_the_same_models()
    {
        using LiveLab lab = new("""
            scaffold: { kind: federated, rounds: 2, local-objective: { kind: scaffold }, selection: { kind: uniform, count: 3 } }
              fedadam: { kind: federated, rounds: 2, server-optimizer: { kind: fed-adam, learning-rate: 0.05 } }
            """);
        Dictionary<string, string> expected = lab.Simulated();
        await using (LiveLab.OpenRun whole = await lab.OpenAsync("live", keepAll: true))
        {
            await lab.FinishAsync(whole.Run);
        }
        lab.Models("live").ShouldBe(expected, ignoreOrder: true);
        string[] lines = File.ReadAllLines(lab["live", "ledger.jsonl"]);

        for (int kept = 1; kept < lines.Length; kept++)
        {
            string folder = $"cut-{kept}";
            Directory.CreateDirectory(lab[folder, "blobs"]);
            foreach (string blob in Directory.GetFiles(lab["live", "blobs"]))
            {
                File.Copy(blob, lab[folder, "blobs", Path.GetFileName(blob)]);
            }
            File.WriteAllText(lab[folder, "ledger.jsonl"], string.Join('\n', lines[..kept]) + "\n{\"data\":{\"torn");
            foreach (LiveSite site in lab.Sites)
            {
                site.Forget();
            }

            await using (LiveLab.OpenRun cut = await lab.OpenAsync(folder, keepAll: true))
            {
                await lab.FinishAsync(cut.Run);
            }

            lab.Models(folder).ShouldBe(expected, ignoreOrder: true, $"cut after entry {kept - 1}: {lines[kept - 1]}");
            (await lab.VerifyAsync(folder)).IsComplete.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_round_with_more_updates_than_it_needs_is_taken_up_again_with_all_of_them()
    {
        const int Asked = 3;
        using LiveLab lab = new("fedavg: { kind: federated, rounds: 2, selection: { kind: uniform, count: 1 } }", top: "live: { over-selection: 3 }");
        await using (LiveLab.OpenRun whole = await lab.OpenAsync("live", keepAll: true))
        {
            foreach (LiveSite site in lab.Sites)
            {
                await site.JoinAsync(whole.Run);
            }
            foreach (LiveSite site in lab.Sites)
            {
                await site.DoAsync(whole.Run, await whole.Run.NextWorkAsync(site.Name, TimeSpan.FromSeconds(30), default));
            }
            List<(LiveSite Site, TrainWork Work)> asked = [];
            while (asked.Count < Asked)
            {
                foreach (LiveSite site in lab.Sites.Except(asked.Select(one => one.Site)))
                {
                    asked.AddRange(await whole.Run.NextWorkAsync(site.Name, TimeSpan.Zero, default) is TrainWork work ? [(site, work)] : []);
                }
            }
            int coming = Asked;
            TaskCompletionSource all = new();
            lab.BeforePut = _ => Interlocked.Decrement(ref coming) == 0 ? Release() : all.Task.WaitAsync(TimeSpan.FromSeconds(30));
            UpdateReply[] replies = await Task.WhenAll(asked.Select(async one =>
            {
                (UpdateMessage update, string file) = await one.Site.TrainAsync(whole.Run, one.Work);
                return await whole.Run.UpdateAsync(one.Site.Name, update, file, default);
            }));
            replies.ShouldAllBe(reply => reply.Counted);
            lab.BeforePut = _ => Task.CompletedTask;

            Task Release()
            {
                all.SetResult();
                return Task.CompletedTask;
            }
        }
        string ledger = lab["live", "ledger.jsonl"];
        string[] lines = File.ReadAllLines(ledger);
        int last = Array.FindLastIndex(lines, line => line.Contains("\"kind\":\"update-received\"", StringComparison.Ordinal));
        File.WriteAllText(ledger, string.Join('\n', lines[..(last + 1)]) + "\n");
        lab.Sites.ToList().ForEach(site => site.Forget());

        await using (LiveLab.OpenRun again = await lab.OpenAsync("live", keepAll: true))
        {
            await lab.FinishAsync(again.Run);
            again.Run.Status().Phase.ShouldBe(RunPhase.Finished);
        }

        (await lab.VerifyAsync("live")).IsComplete.ShouldBeTrue();
        File.ReadAllLines(ledger).First(line => line.Contains("\"kind\":\"round-aggregated\"", StringComparison.Ordinal)).Split("\"updates\":[")[1].Split(']')[0].Split(',').Length.ShouldBe(Asked);
    }
}
