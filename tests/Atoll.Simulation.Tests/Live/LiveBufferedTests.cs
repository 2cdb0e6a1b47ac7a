using System.Text.Json;
using Atoll.Experiments.Protocol;
using Atoll.Experiments.Results;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Verification;

namespace Atoll.Simulation.Tests.Live;

public sealed class LiveBufferedTests
{
    private const string Uneven = "pace: { spread: 1, per: task }, training: { local-epochs: { min: 1, max: 3 } }";

    [Fact]
    public async Task One_site_at_a_time_and_there_is_one_order_so_that_the_model_is_the_simulations()
    {
        using LiveLab lab = new("fedbuff: { kind: federated, rounds: 4, buffered: { size: 2, concurrency: 1 } }");
        await using LiveLab.OpenRun open = await lab.OpenAsync("live");

        await lab.FinishAsync(open.Run);

        lab.Models("live").ShouldBe(lab.Simulated(), ignoreOrder: true);
        VerificationResult verified = await lab.VerifyAsync("live");
        (verified.IsComplete, verified.UpdatesCounted).ShouldBe((true, 8));
    }

    [Theory]
    [InlineData($"kind: federated, rounds: 5, buffered: {{ size: 2, concurrency: 3 }}, {Uneven}")]
    [InlineData($"kind: federated, rounds: 5, buffered: {{ size: 3, concurrency: 4, staleness: {{ kind: polynomial, exponent: 1 }} }}, server-optimizer: {{ kind: fed-adam, learning-rate: 0.05 }}, {Uneven}")]
    [InlineData($"kind: federated, rounds: 5, buffered: {{ size: 1, concurrency: 3, maximum-staleness: 1 }}, {Uneven}")]
    [InlineData($"kind: federated, rounds: 3, buffered: {{ size: 5, concurrency: 2 }}, training: {{ local-steps: 3, optimizer: {{ kind: sgd, learning-rate: 0.1, schedule: {{ kind: cosine }} }} }}, pace: {{ spread: 1 }}")]
    public async Task In_the_order_of_the_simulations_clock_the_model_is_the_simulations_byte_for_byte(string arm)
    {
        using LiveLab lab = new($"fedbuff: {{ {arm} }}");
        BufferWatch watch = new(lab, "fedbuff");
        await using LiveLab.OpenRun open = await lab.OpenAsync("live");
        await watch.BeginAsync(open.Run);
        await watch.DriveAsync(open.Run);

        await lab.FinishAsync(open.Run);

        lab.Models("live").ShouldBe(lab.Simulated(), ignoreOrder: true);
        (await lab.VerifyAsync("live")).IsComplete.ShouldBeTrue();
        lab.Sites.SelectMany(site => site.Replies).ShouldContain(reply => reply.Reason.Contains("staleness 1") || reply.Reason.Contains("too stale"));
    }

    [Fact]
    public async Task In_whichever_order_updates_come_the_model_is_the_fold_of_those_in_the_ledger()
    {
        using LiveLab lab = new($"fedbuff: {{ kind: federated, rounds: 8, buffered: {{ size: 3, concurrency: 4 }}, server-optimizer: {{ kind: fed-adam, learning-rate: 0.05 }}, {Uneven} }}");
        await using LiveLab.OpenRun open = await lab.OpenAsync("live", keepAll: true);

        await lab.FinishAsync(open.Run);

        BufferWatch watch = new(lab, "fedbuff");
        RunStatus status = open.Run.Status();
        watch.Folded("live").ShouldBe(status.Arms[0].Model.ToString());
        (status.Phase, status.Arms[0].Completed, status.Rejected).ShouldBe((RunPhase.Finished, 8, lab.Sites.SelectMany(site => site.Replies).Count(reply => !reply.Counted)));
        VerificationResult verified = await lab.VerifyAsync("live");
        (verified.IsComplete, verified.UpdatesCounted).ShouldBe((true, 24));
        status.Sites.Sum(site => site.Updates).ShouldBe(24);
    }

    [Fact]
    public async Task Killed_after_any_entry_the_run_goes_on_to_the_same_model()
    {
        using LiveLab lab = new($"fedbuff: {{ kind: federated, rounds: 3, buffered: {{ size: 2, concurrency: 3, maximum-staleness: 1 }}, server-optimizer: {{ kind: fed-adam, learning-rate: 0.05 }}, {Uneven} }}");
        Dictionary<string, string> expected = lab.Simulated();
        BufferWatch watch = new(lab, "fedbuff");
        string result = await RunAsync("live");
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

            string again = await RunAsync(folder);

            lab.Models(folder).ShouldBe(expected, ignoreOrder: true, $"cut after entry {kept - 1}: {lines[kept - 1]}");
            again.ShouldBe(result, $"cut after entry {kept - 1}: {lines[kept - 1]}");
            (await lab.VerifyAsync(folder)).IsComplete.ShouldBeTrue();
        }

        // What tasks there were, and which updates counted in which rounds.
        async Task<string> RunAsync(string folder)
        {
            await using LiveLab.OpenRun open = await lab.OpenAsync(folder, keepAll: true);
            await watch.BeginAsync(open.Run);
            await watch.DriveAsync(open.Run);
            BufferWatch.View view = await watch.LookAsync(open.Run);
            await lab.FinishAsync(open.Run);
            return string.Join('\n', view.Entries.Where(entry => entry.Kind is EntryKind.TaskTaken or EntryKind.UpdateReceived).Select(entry => entry.Kind == EntryKind.TaskTaken
                ? $"{entry.Read<TaskTaken>().Site} {entry.Read<TaskTaken>().Turn} from {entry.Read<TaskTaken>().Round}"
                : $"{entry.Read<UpdateReceived>().Site} {entry.Read<UpdateReceived>().Turn} in {entry.Read<UpdateReceived>().Round}: {entry.Read<UpdateReceived>().Update}"));
        }
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(", maximum-staleness: 0", false)]
    public async Task A_site_that_is_lost_makes_room_and_its_update_counts_when_it_is_back_unless_that_is_too_stale(string limit, bool counts)
    {
        Clock clock = new();
        using LiveLab lab = new($"fedbuff: {{ kind: federated, rounds: 5, buffered: {{ size: 2, concurrency: 2{limit} }} }}") { Time = clock };
        BufferWatch watch = new(lab, "fedbuff");
        await using LiveLab.OpenRun open = await lab.OpenAsync("live", keepAll: true);
        await watch.BeginAsync(open.Run);
        BufferWatch.View view = await watch.SettledAsync(open.Run);
        LiveSite silent = lab.Sites[view.UnderWay.Min!.Site], other = lab.Sites[view.UnderWay.Max!.Site];
        TrainWork work = (await open.Run.NextWorkAsync(silent.Name, TimeSpan.FromSeconds(30), default)).ShouldBeOfType<TrainWork>();
        (UpdateMessage update, string file) = await silent.TrainAsync(open.Run, work);

        clock.Ahead += TimeSpan.FromSeconds(61);
        foreach (LiveSite heard in lab.Sites.Where(site => site != silent))
        {
            open.Run.Seen(heard.Name);
        }
        await BufferWatch.AnswerAsync(open.Run, other);
        await BufferWatch.UntilAsync(open.Run, () => open.Run.Status().Sites.Any(site => site.Activity == SiteActivity.Lost));
        while ((await watch.SettledAsync(open.Run)) is { Completed: < 2 } now)
        {
            await BufferWatch.AnswerAsync(open.Run, lab.Sites[now.UnderWay.Min!.Site]);
        }
        UpdateReply reply = await open.Run.UpdateAsync(silent.Name, update, file, default);

        reply.Counted.ShouldBe(counts);
        reply.Reason.ShouldContain(counts ? "with staleness 2." : "is too stale for round 3: the model has changed 2 times since round 1, and may have 0 times at most.");
        (await open.Run.UpdateAsync(silent.Name, update, null, default)).ShouldBe(reply);
        await lab.FinishAsync(open.Run);
        (await lab.VerifyAsync("live")).IsComplete.ShouldBeTrue();
        watch.Folded("live").ShouldBe(open.Run.Status().Arms[0].Model.ToString());
        BufferWatch.View end = await watch.LookAsync(open.Run);
        end.Entries.Count(entry => entry.Kind is EntryKind.SiteLost).ShouldBe(1);
        end.Entries.Count(entry => entry.Kind is EntryKind.SiteReturned).ShouldBe(1);
        end.Entries.Any(entry => entry.Kind is EntryKind.TaskFailed && entry.Read<TaskFailed>().Task == work.Task).ShouldBe(!counts);
    }

    [Fact]
    public async Task Updates_that_come_at_once_count_one_after_the_other_and_the_later_ones_wait_while_the_model_changes()
    {
        using LiveLab lab = new("fedbuff: { kind: federated, rounds: 4, buffered: { size: 1, concurrency: 4 } }");
        BufferWatch watch = new(lab, "fedbuff");
        await using LiveLab.OpenRun open = await lab.OpenAsync("live", keepAll: true);
        await watch.BeginAsync(open.Run);
        await watch.SettledAsync(open.Run);
        List<(LiveSite Site, UpdateMessage Message, string File)> ready = [];
        foreach (LiveSite site in lab.Sites)
        {
            (UpdateMessage message, string file) = await site.TrainAsync(open.Run, (await open.Run.NextWorkAsync(site.Name, TimeSpan.FromSeconds(30), default)).ShouldBeOfType<TrainWork>());
            ready.Add((site, message, file));
        }

        UpdateReply[] replies = await Task.WhenAll(ready.Select(update => open.Run.UpdateAsync(update.Site.Name, update.Message, update.File, default)));

        replies.Select(reply => reply.Reason[reply.Reason.IndexOf("counts", StringComparison.Ordinal)..]).Order()
            .ShouldBe(Enumerable.Range(0, 4).Select(staleness => $"counts in round {staleness + 1} of fedbuff, with staleness {staleness}."));
        await lab.FinishAsync(open.Run);
        watch.Folded("live").ShouldBe(open.Run.Status().Arms[0].Model.ToString());
    }

    [Fact]
    public async Task What_is_no_update_leaves_its_reason_and_its_site_may_send_another()
    {
        using LiveLab lab = new("fedbuff: { kind: federated, rounds: 2, buffered: { size: 2, concurrency: 2 } }");
        BufferWatch watch = new(lab, "fedbuff");
        await using LiveLab.OpenRun open = await lab.OpenAsync("live", keepAll: true);
        await watch.BeginAsync(open.Run);
        LiveSite site = lab.Sites[(await watch.SettledAsync(open.Run)).UnderWay.Min!.Site];
        site.Bend = (_, vector) => [float.NaN, .. vector[1..]];
        await BufferWatch.AnswerAsync(open.Run, site);
        site.Bend = null;
        TrainWork same = (await open.Run.NextWorkAsync(site.Name, TimeSpan.FromSeconds(30), default)).ShouldBeOfType<TrainWork>();
        (UpdateMessage update, string file) = await site.TrainAsync(open.Run, same);

        UpdateReply byRound = await open.Run.UpdateAsync(site.Name, site.Signed(open.Run, update with { Turn = null, Round = 1 }), file, default);
        UpdateReply right = await open.Run.UpdateAsync(site.Name, update, file, default);

        site.Replies.Single().Reason.ShouldBe("Every value of the update must be finite, but one is NaN.");
        byRound.Reason.ShouldBe($"Task {same.Task} is of no round, turn 1, of fedbuff, but the update says of round 1 of fedbuff.");
        right.Reason.ShouldBe($"{site.Name}'s update counts in round 1 of fedbuff, with staleness 0.");
        await lab.FinishAsync(open.Run);
        open.Run.Status().Rejected.ShouldBeGreaterThanOrEqualTo(2);
        (await lab.VerifyAsync("live")).UpdatesCounted.ShouldBe(4);
        watch.Folded("live").ShouldBe(open.Run.Status().Arms[0].Model.ToString());
    }

    [Fact]
    public async Task A_site_that_fails_its_tasks_gets_none_until_the_model_has_changed_and_the_others_go_on()
    {
        using LiveLab lab = new("fedbuff: { kind: federated, rounds: 3, buffered: { size: 3, concurrency: 3 } }");
        lab.Sites[0].Bend = (_, vector) => [float.NaN, .. vector[1..]];
        BufferWatch watch = new(lab, "fedbuff");
        await using LiveLab.OpenRun open = await lab.OpenAsync("live", keepAll: true);

        await lab.FinishAsync(open.Run);

        RunStatus status = open.Run.Status();
        (status.Phase, status.Arms[0].Completed, status.Sites[0].Updates).ShouldBe((RunPhase.Finished, 3, 0));
        (await lab.VerifyAsync("live")).UpdatesCounted.ShouldBe(9);
        watch.Folded("live").ShouldBe(status.Arms[0].Model.ToString());
        BufferWatch.View view = await watch.LookAsync(open.Run);
        long[] failed = [.. view.Entries.Where(entry => entry.Kind == EntryKind.TaskFailed).Select(entry => entry.Read<TaskFailed>().Round)];
        failed.ShouldBe(failed.Distinct());
    }

    [Fact]
    public async Task When_every_site_fails_the_arm_stops_with_the_reason()
    {
        using LiveLab lab = new("fedbuff: { kind: federated, rounds: 3, buffered: { size: 3, concurrency: 4 } }");
        foreach (LiveSite site in lab.Sites)
        {
            site.Bend = (_, vector) => [float.NaN, .. vector[1..]];
        }
        await using LiveLab.OpenRun open = await lab.OpenAsync("live");

        await lab.FinishAsync(open.Run);

        open.Run.Status().Arms[0].Stopped.ShouldNotBeNull().ShouldStartWith("Round 1 fails, as all 4 sites have failed in it:");
        (await lab.VerifyAsync("live")).RoundsAbandoned.ShouldBe(1);
    }

    [Fact]
    public async Task Beside_arms_in_rounds_it_has_its_turn_and_the_result_is_a_fold_over_the_ledger()
    {
        using LiveLab lab = new("""
            fedavg: { kind: federated, rounds: 2 }
              fedbuff: { kind: federated, rounds: 3, buffered: { size: 2, concurrency: 1 }, evaluate-every: 2 }
              scaffold: { kind: federated, rounds: 2, local-objective: { kind: scaffold } }
            """);
        string before;
        await using (LiveLab.OpenRun open = await lab.OpenAsync("live"))
        {
            await lab.FinishAsync(open.Run);
            before = JsonSerializer.Serialize(open.Run.Result(), RunResultJson.Default.RunResult);
        }
        lab.Models("live").ShouldBe(lab.Simulated(), ignoreOrder: true);

        await using LiveLab.OpenRun again = await lab.OpenAsync("live");

        JsonSerializer.Serialize(again.Run.Result(), RunResultJson.Default.RunResult).ShouldBe(before);
        Directory.GetFiles(lab["live", "blobs"]).Length.ShouldBeLessThanOrEqualTo(3 + 1 + lab.Sites.Count); // models, schemas, summaries
    }

    [Theory]
    [InlineData("live: { quorum: 0.5 }", "live.quorum is for rounds, which wait for their sites, but every federated arm is buffered and waits for none: leave it out.")]
    [InlineData("live: { over-selection: 2 }", "live.over-selection is for rounds")]
    [InlineData("live: { round-deadline: 10 min }", "live.round-deadline is for rounds")]
    [InlineData("", "Buffered updates with a concurrency of 5 need at least as many sites, but there are 4.", 5)]
    public async Task What_has_no_meaning_for_buffered_arms_is_refused(string top, string reason, int concurrency = 2)
    {
        using LiveLab lab = new($"fedbuff: {{ kind: federated, rounds: 3, buffered: {{ size: 3, concurrency: {concurrency} }} }}", top);

        (await Should.ThrowAsync<InvalidOperationException>(() => lab.OpenAsync("live"))).Message.ShouldStartWith(reason);
    }

    /// <summary>The machine's clock, put forward at will.</summary>
    private sealed class Clock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
