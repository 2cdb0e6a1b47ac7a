using Atoll.Coordinator.Live;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Verification;

namespace Atoll.Simulation.Tests.Live;

/// <summary>What sites send that must not count: each leaves a reason, and none stops the run.</summary>
public sealed class LiveRefusalTests : IAsyncLifetime, IDisposable
{
    private const string Arm = "fedavg: { kind: federated, rounds: 2 }";

    private readonly LiveLab _lab = new(Arm, top: "live: { max-update-norm: 1000 }");
    private LiveLab.OpenRun _open = null!;

    private LiveRun Run => _open.Run;

    private LiveSite Site => _lab.Sites[0];

    public async Task InitializeAsync()
    {
        _open = await _lab.OpenAsync("live");
        foreach (LiveSite site in _lab.Sites)
        {
            await site.JoinAsync(Run);
        }
        foreach (LiveSite site in _lab.Sites)
        {
            await site.DoAsync(Run, await Next<PrepareWork>(site));
        }
    }

    public async Task DisposeAsync() => await _open.DisposeAsync();

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData(float.NaN, "Every value of the update must be finite, but one is NaN.")]
    [InlineData(float.PositiveInfinity, "Every value of the update must be finite, but one is infinite.")]
    [InlineData(1e30f, "The update's values must stay below")]
    [InlineData(2000f, "The update's norm must be at most 1000 (max-update-norm), but is")]
    public async Task A_value_that_cannot_be_averaged_is_refused(float value, string reason)
    {
        Site.Bend = (_, update) => [value, .. update[1..]];

        (await SendAsync()).Reason.ShouldStartWith(reason);

        await GoesOnAsync(reason);
    }

    [Fact]
    public async Task An_update_of_another_shape_is_refused()
    {
        TrainWork work = await Next<TrainWork>(Site);
        (UpdateMessage message, string file) = await Site.TrainAsync(Run, work);
        byte[] body = File.ReadAllBytes(file);
        body[40] ^= 1; // within the header
        File.WriteAllBytes(file, body);

        UpdateReply reply = await Run.UpdateAsync(Site.Name, Site.Signed(Run, message with { Update = Digest.Of(body) }), file, default);

        reply.Counted.ShouldBeFalse();
        await GoesOnAsync("The body is no update of this model.");
    }

    [Fact]
    public async Task An_update_of_another_size_is_refused_unread()
    {
        Site.Bend = (_, update) => [.. update, 0];

        (await SendAsync()).Reason.ShouldStartWith("An update of this model must have ");

        await GoesOnAsync("An update of this model must have ");
    }

    [Fact]
    public async Task An_update_signed_by_another_key_is_refused()
    {
        (UpdateMessage message, string file) = await Site.TrainAsync(Run, await Next<TrainWork>(Site));
        using SigningKey other = SigningKey.Create();

        UpdateReply reply = await Run.UpdateAsync(Site.Name, Site.Signed(Run, message, other), file, default);

        reply.Reason.ShouldStartWith($"{Site.Name}'s signature does not hold");
        await GoesOnAsync(reply.Reason);
    }

    [Fact]
    public async Task An_update_that_says_other_than_was_signed_is_refused()
    {
        (UpdateMessage message, string file) = await Site.TrainAsync(Run, await Next<TrainWork>(Site));

        UpdateReply reply = await Run.UpdateAsync(Site.Name, message with { Samples = message.Samples + 1 }, file, default);

        reply.Reason.ShouldStartWith($"What {Site.Name} signed must be what it sends");
        await GoesOnAsync($"What {Site.Name} signed must be what it sends");
    }

    [Fact]
    public async Task An_update_from_other_rows_than_were_prepared_is_refused()
    {
        (UpdateMessage message, string file) = await Site.TrainAsync(Run, await Next<TrainWork>(Site));
        message = message with { Rows = message.Rows + 1 };

        UpdateReply reply = await Run.UpdateAsync(Site.Name, Site.Signed(Run, message), file, default);

        reply.Reason.ShouldContain("rows it joined with");
        await GoesOnAsync(reply.Reason);
    }

    [Fact]
    public async Task Another_sites_task_cannot_be_answered()
    {
        LiveSite other = _lab.Sites[1];
        TrainWork theirs = await Next<TrainWork>(other);
        (UpdateMessage message, string file) = await Site.TrainAsync(Run, theirs);

        UpdateReply reply = await Run.UpdateAsync(Site.Name, message, file, default);

        reply.Reason.ShouldBe($"What {Site.Name} sends must answer a task that it took, but {theirs.Task} is none of its own.");
        await GoesOnAsync(reply.Reason);
    }

    [Fact]
    public async Task The_same_update_again_gets_the_same_answer_and_counts_once()
    {
        (UpdateMessage message, string file) = await Site.TrainAsync(Run, await Next<TrainWork>(Site));
        string copy = file + ".copy";
        File.Copy(file, copy);

        UpdateReply[] replies = await Task.WhenAll(Run.UpdateAsync(Site.Name, message, file, default), Run.UpdateAsync(Site.Name, message, file, default));
        UpdateReply again = await Run.UpdateAsync(Site.Name, message, null, default), other = await Run.UpdateAsync(Site.Name, Site.Signed(Run, message), copy, default);

        replies.Append(again).ShouldAllBe(reply => reply.Counted && reply.Entry == replies[0].Entry);
        other.Counted.ShouldBeFalse();
        other.Reason.ShouldStartWith($"Task {message.Task} was answered already, in entry ");
        await GoesOnAsync(other.Reason);
    }

    [Fact]
    public async Task A_site_whose_updates_are_refused_three_times_has_failed_its_task_and_the_others_go_on_without_it()
    {
        Site.Bend = (_, update) => [float.NaN, .. update[1..]];

        await _lab.FinishAsync(Run);

        Run.Status().Phase.ShouldBe(RunPhase.Finished);
        Run.Status().Arms[0].Stopped.ShouldBeNull();
        Run.Status().Rejected.ShouldBe(2 * 3);
        VerificationResult verified = await _lab.VerifyAsync("live");
        verified.RoundsAbandoned.ShouldBe(0);
        verified.UpdatesCounted.ShouldBe(2 * (_lab.Sites.Count - 1));
    }

    public static TheoryData<string> Absurdities => new("joules", "accuracy", "loss", "metric", "training loss", "seconds");

    /// <summary>Two of them would be infinite, of which neither status nor result could tell any more.</summary>
    [Theory]
    [MemberData(nameof(Absurdities))]
    public async Task A_figure_that_cannot_be_is_refused_and_the_run_has_a_result(string which)
    {
        const double absurd = 1.7e308;
        if (which is "training loss" or "seconds")
        {
            (UpdateMessage message, string file) = await Site.TrainAsync(Run, await Next<TrainWork>(Site));
            UpdateMessage odd = Site.Signed(Run, which == "seconds" ? message with { Seconds = absurd } : message with { TrainingLoss = absurd });
            (await Run.UpdateAsync(Site.Name, odd, file, default)).Counted.ShouldBeFalse();
        }
        else if (which == "joules")
        {
            await Next<TrainWork>(Site);
            (await Should.ThrowAsync<RefusedException>(() => Run.ReadAsync(Site.Name, Reading(absurd), default))).Message.ShouldStartWith("A reading must be from 0 to 1E+15 J");
        }
        else
        {
            Site.BendEvaluation = found => which switch
            {
                "accuracy" => found with { Metrics = new Dictionary<string, double?> { ["accuracy"] = 1.5 } },
                "metric" => found with { Metrics = new Dictionary<string, double?> { ["root-mean-squared-error"] = absurd } },
                _ => found with { Loss = absurd },
            };
            Task[] others = [.. _lab.Sites.Skip(1).Select(site => site.WorkAsync(Run))];
            (await Should.ThrowAsync<RefusedException>(() => Site.WorkAsync(Run))).Code.ShouldBe("malformed");
            Site.BendEvaluation = found => found;
            await Site.WorkAsync(Run);
            await Task.WhenAll(others);
        }

        await _lab.FinishAsync(Run);
        Run.Status().Phase.ShouldBe(RunPhase.Finished);
        File.Exists(_lab["live", "result.json"]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_site_that_goes_on_sending_what_is_refused_fills_no_disk()
    {
        const int recordedBeforeAnyTask = 1000;
        for (int i = 0; i < recordedBeforeAnyTask + 5; i++)
        {
            await Run.RejectAsync(Site.Name, $"nonsense {i}", null, default);
        }

        Run.Status().Rejected.ShouldBe(recordedBeforeAnyTask);
        await Run.RejectAsync(_lab.Sites[1].Name, "another site's", null, default);
        Run.Status().Rejected.ShouldBe(recordedBeforeAnyTask + 1);
        await GoesOnAsync($"nonsense {recordedBeforeAnyTask - 1}");
    }

    [Fact]
    public async Task A_site_may_send_so_many_readings_for_a_task_and_the_same_again_are_not_counted_again()
    {
        const int perTask = 32;
        await Next<TrainWork>(Site);
        ReadingMessage first = Reading(1);
        await Run.ReadAsync(Site.Name, first, default);
        for (int i = 2; i <= perTask; i++)
        {
            await Run.ReadAsync(Site.Name, Reading(i), default);
        }

        (await Should.ThrowAsync<RefusedException>(() => Run.ReadAsync(Site.Name, Reading(0), default))).Code.ShouldBe("too-many");
        await Run.ReadAsync(Site.Name, first, default);
        Run.Status().Sites[0].EnergyJoules.ShouldBe(perTask * (perTask + 1) / 2);
        (await Should.ThrowAsync<RefusedException>(() => Run.ReadAsync(_lab.Sites[1].Name, Reading(0, _lab.Sites[1]), default))).Message.ShouldContain("has sent 0 for 0");
        await _lab.FinishAsync(Run);
    }

    [Fact]
    public async Task A_meter_has_no_endless_name()
    {
        await Next<TrainWork>(Site);
        ReadingMessage endless = Reading(1) with { Meter = new string('m', 501) };

        (await Should.ThrowAsync<RefusedException>(() => Run.ReadAsync(Site.Name, endless, default))).Message.ShouldBe("The name of a meter may have at most 500 characters (had 501).");
    }

    /// <summary>While it is being refused, the task stays its own site's.</summary>
    [Fact]
    public async Task Updates_for_another_sites_task_do_not_stand_in_its_way()
    {
        LiveSite other = _lab.Sites[1];
        (UpdateMessage message, string file) = await Site.TrainAsync(Run, await Next<TrainWork>(Site));
        await Next<TrainWork>(other);
        string copy = file + ".copy";
        File.Copy(file, copy);
        byte[] body = File.ReadAllBytes(copy);
        body[^1] ^= 1;
        File.WriteAllBytes(copy, body);
        UpdateMessage foreign = other.Signed(Run, message with { Update = Digest.Of(body) });

        Task<UpdateReply>[] refused = [.. Enumerable.Range(0, 20).Select(_ => Run.UpdateAsync(other.Name, foreign, copy, default))];
        UpdateReply own = await Run.UpdateAsync(Site.Name, message, file, default);

        own.Counted.ShouldBeTrue(own.Reason);
        (await Task.WhenAll(refused)).ShouldAllBe(reply => !reply.Counted);
        await _lab.FinishAsync(Run);
    }

    [Fact]
    public async Task A_body_that_was_never_uploaded_is_asked_for()
    {
        (UpdateMessage message, _) = await Site.TrainAsync(Run, await Next<TrainWork>(Site));

        (await Should.ThrowAsync<RefusedException>(() => Run.UpdateAsync(Site.Name, message, null, default))).Code.ShouldBe("no-body");
    }

    [Fact]
    public async Task A_run_that_is_aborted_says_so_to_every_site_and_takes_nothing_more()
    {
        (UpdateMessage message, string file) = await Site.TrainAsync(Run, await Next<TrainWork>(Site));

        await Run.AbortAsync("The wrong file.", default);

        EndWork end = await Next<EndWork>(Site);
        (end.Finished, end.Reason).ShouldBe((false, "The run was aborted: The wrong file."));
        (await Run.UpdateAsync(Site.Name, message, file, default)).Counted.ShouldBeFalse();
        await Run.Ended;
        (await _lab.VerifyAsync("live")).End.ShouldBe(LedgerEnd.Aborted);
        File.Exists(_lab["live", "result.json"]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_witness_gets_a_head_that_covers_what_it_was_told_with_its_proof()
    {
        HeadReply first = await Run.HeadAsync(0, default);
        UpdateReply reply = await SendAsync();

        HeadReply[] heads = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Run.HeadAsync(first.Head.Size, default)));

        heads.ShouldAllBe(head => head.Head.Size > reply.Entry && MerkleProof.IsConsistent(first.Head.Size, first.Head.Root, head.Head.Size, head.Head.Root, head.Consistency));
        heads.Select(head => head.Head.Size).Distinct().Count().ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task Of_two_messages_with_one_nonce_at_once_only_the_first_is_taken_in()
    {
        (UpdateMessage update, string file) = await Site.TrainAsync(Run, await Next<TrainWork>(Site));
        TaskCompletionSource isPut = new(), goOn = new();
        _lab.BeforePut = async name =>
        {
            if (name == update.Update)
            {
                isPut.TrySetResult();
                await goOn.Task;
            }
        };
        Task<UpdateReply> reply = Run.UpdateAsync(Site.Name, update, file, default);
        await isPut.Task.WaitAsync(TimeSpan.FromSeconds(30)); // added up, and not in the ledger yet
        ReadingMessage reading = Reading(1);
        string nonce = SiteStatement.NonceOf(update.Signed)!;
        reading = reading with { Signed = SignedStatement.Of(EntryKind.MeterReading, Site.Name, SiteStatement.Of(reading, Run.Describe(Site.Name).Run, Site.Name, nonce), Site.Key) };

        (await Should.ThrowAsync<RefusedException>(() => Run.ReadAsync(Site.Name, reading, default))).Code.ShouldBe("replay");

        goOn.SetResult();
        (await reply).Counted.ShouldBeTrue();
        await _lab.FinishAsync(Run);
        (await _lab.VerifyAsync("live")).IsComplete.ShouldBeTrue();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(3)]
    public async Task A_reading_of_a_round_that_cannot_be_is_refused(int round)
    {
        ReadingMessage reading = Reading(1) with { Round = round };
        await Next<TrainWork>(Site);

        RefusedException refused = await Should.ThrowAsync<RefusedException>(() => Run.ReadAsync(Site.Name, reading, default));

        (refused.Code, refused.Message).ShouldBe(("malformed", $"A reading must be of a round from 1 to 2 (was {round})."));
    }

    [Fact]
    public async Task A_nonce_that_is_no_text_is_none()
    {
        await Next<TrainWork>(Site);
        using System.Text.Json.JsonDocument statement = System.Text.Json.JsonDocument.Parse("""{"nonce":"\ud800"}""");
        ReadingMessage reading = Reading(1) with { Signed = new() { Author = Site.Name, Statement = statement.RootElement, Signature = "AAAA" } };

        (await Should.ThrowAsync<RefusedException>(() => Run.ReadAsync(Site.Name, reading, default))).Message.ShouldBe("A signed statement's nonce must have 1 to 64 characters.");
    }

    private ReadingMessage Reading(double joules, LiveSite? of = null)
    {
        LiveSite site = of ?? Site;
        ReadingMessage message = new() { Arm = "fedavg", Round = 1, EnergyJoules = joules, Basis = "measured", Meter = "a meter", Signed = null! };
        return message with { Signed = site.Sign(EntryKind.MeterReading, nonce => SiteStatement.Of(message, Run.Describe(site.Name).Run, site.Name, nonce)) };
    }

    private async Task<UpdateReply> SendAsync()
    {
        (UpdateMessage message, string file) = await Site.TrainAsync(Run, await Next<TrainWork>(Site));
        return await Run.UpdateAsync(Site.Name, message, file, default);
    }

    /// <summary>After whatever was refused, honest sites come to the end.</summary>
    private async Task GoesOnAsync(string reason)
    {
        Site.Bend = null;
        Run.Status().Rejections.ShouldContain(rejection => rejection.Reason.StartsWith(reason, StringComparison.Ordinal) && rejection.Site == Site.Name);
        await _lab.FinishAsync(Run);
        Run.Status().Phase.ShouldBe(RunPhase.Finished);
        VerificationResult verified = await _lab.VerifyAsync("live");
        verified.IsComplete.ShouldBeTrue();
        verified.UpdatesCounted.ShouldBe(2 * _lab.Sites.Count);
        _lab.Models("live").ShouldBe(_lab.Simulated());
    }

    private async Task<T> Next<T>(LiveSite site) where T : Work => (await Run.NextWorkAsync(site.Name, TimeSpan.FromSeconds(30), default)).ShouldBeOfType<T>();
}
