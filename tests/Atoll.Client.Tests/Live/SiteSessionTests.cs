using Atoll.Client.Live;
using Atoll.Client.Live.Connection;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Federation.LocalObjectives;
using Atoll.Learning.Data.Schema;
using Atoll.Learning.Models;
using Atoll.Learning.Optimizers;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;

namespace Atoll.Client.Tests.Live;

/// <summary>A site from its token to the end of a run, over real HTTPS, against a coordinator with a script.</summary>
public sealed class SiteSessionTests : IAsyncLifetime
{
    private SiteLab _lab = null!;

    private TestCoordinator Coordinator => _lab.Coordinator;

    public async Task InitializeAsync() => _lab = await SiteLab.OpenAsync();

    public async Task DisposeAsync() => await _lab.DisposeAsync();

    [Fact]
    public async Task A_site_enrols_prepares_trains_evaluates_and_ends()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare, Coordinator.Train(5, [1, 2, 3]), Coordinator.Evaluate([1, 2, 2.5f]), Coordinator.Train(9, [1, 2, 2.5f], round: 2, counted: 5));

        SiteOutcome outcome = await _lab.RunAsync();

        outcome.Finished.ShouldBeTrue();
        Coordinator.Of(ProtocolPath.Preparations, ProtocolJson.Default.PreparationMessage).Single().Arms["fedavg"].TrainRows.ShouldBe(6);
        Coordinator.Of(ProtocolPath.Updates, ProtocolJson.Default.UpdateMessage).Select(update => (update.Task, update.Round, update.Rows, update.Steps)).ShouldBe([(5, 1, 6, 4), (9, 2, 6, 4)]);
        EvaluationMessage evaluation = Coordinator.Of(ProtocolPath.Evaluations, ProtocolJson.Default.EvaluationMessage).Single();
        evaluation.TestRows.ShouldBe(2);
        evaluation.Metrics["loss"].ShouldBe(evaluation.Loss);
    }

    [Fact]
    public async Task Its_update_has_the_bytes_that_the_simulations_training_gives()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare, Coordinator.Train(5, [1, 2, 3], round: 2));

        await _lab.RunAsync();

        SiteTraining training = new(new LinearRegression().Build(FewRows.Data.Sample, 0), new TrainingSettings { Optimizer = new Sgd { LearningRate = 0.05f }, BatchSize = 2 }, new Plain(), FewRows.Data);
        SiteUpdate expected = training.Train(new() { Round = 2, Weights = [1, 2, 3], LocalSteps = 4 }, site: 1, FewRows.Rows.Train, [], seed: 7, CancellationToken.None);
        Coordinator.Vector(Coordinator.Of(ProtocolPath.Updates, ProtocolJson.Default.UpdateMessage).Single(), "update").ShouldBe(expected.Update);
    }

    [Fact]
    public async Task Where_a_task_has_a_turn_it_trains_by_that_and_says_it_in_place_of_the_round()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare, Coordinator.Train(5, [1, 2, 3], round: 2) with { Turn = 3 });

        await _lab.RunAsync();

        SiteTraining training = new(new LinearRegression().Build(FewRows.Data.Sample, 0), new TrainingSettings { Optimizer = new Sgd { LearningRate = 0.05f }, BatchSize = 2 }, new Plain(), FewRows.Data);
        SiteUpdate expected = training.Train(new() { Round = 2, Turn = 3, Weights = [1, 2, 3], LocalSteps = 4 }, site: 1, FewRows.Rows.Train, [], seed: 7, CancellationToken.None);
        UpdateMessage update = Coordinator.Of(ProtocolPath.Updates, ProtocolJson.Default.UpdateMessage).Single();
        Coordinator.Vector(update, "update").ShouldBe(expected.Update);
        (update.Turn, update.Round).ShouldBe((3, null));
        (update.Signed.Statement.GetProperty("turn").GetInt32(), update.Signed.Statement.TryGetProperty("round", out _)).ShouldBe((3, false));
    }

    [Fact]
    public async Task Everything_it_says_is_signed_by_its_key_and_no_nonce_comes_twice()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare, Coordinator.Train(5, [1, 2, 3]), Coordinator.Evaluate([1, 2, 2.5f]));

        await _lab.RunAsync();

        EnrolmentRequest enrolment = Coordinator.Of(ProtocolPath.Enrolments, ProtocolJson.Default.EnrolmentRequest).Single();
        UpdateMessage update = Coordinator.Of(ProtocolPath.Updates, ProtocolJson.Default.UpdateMessage).Single();
        PreparationMessage preparation = Coordinator.Of(ProtocolPath.Preparations, ProtocolJson.Default.PreparationMessage).Single();
        EvaluationMessage evaluation = Coordinator.Of(ProtocolPath.Evaluations, ProtocolJson.Default.EvaluationMessage).Single();
        (string Kind, SignedStatement Signed)[] said =
        [
            (EntryKind.SiteEnrolled, enrolment.Signed), (SiteStatement.SitePrepared, preparation.Signed), (EntryKind.UpdateReceived, update.Signed), (EntryKind.Evaluation, evaluation.Signed),
        ];
        foreach ((string kind, SignedStatement signed) in said)
        {
            Signed.WhyNot(kind, signed.Statement, signed.Signature, enrolment.Key).ShouldBeNull(kind);
        }
        said.Select(one => SiteStatement.NonceOf(one.Signed)).Distinct().Count().ShouldBe(said.Length);
        System.Text.Json.JsonElement.DeepEquals(update.Signed.Statement, SiteStatement.Of(update, TestCoordinator.Run, TestCoordinator.Site, SiteStatement.NonceOf(update.Signed)!)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_token_is_shown_until_there_is_a_certificate_and_the_certificate_after_that()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare);

        await _lab.RunAsync();

        Coordinator.Received.Where(request => request.WithToken).Select(request => request.What).Distinct().ShouldBe(["GET /v1/run", "POST /v1/enrolments"]);
        Coordinator.Received.Where(request => request.What == "GET /v1/work").ShouldAllBe(request => request.WithCertificate && !request.WithToken);
        File.Exists(Path.Combine(_lab.State, "token")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_dry_run_asks_what_there_is_and_does_not_use_the_token_up()
    {
        using (SiteInvitation invitation = await SiteInvitation.OpenAsync(Coordinator.Token, _lab.Settings, CancellationToken.None))
        {
            Disclosure disclosure = Disclosure.Of(invitation.Experiment, new FewRows(), new() { Grid = "DE" }, invitation.Description.Joined);
            disclosure.Leaves.ShouldContain(line => line.Contains("a, b, y"));
            disclosure.BytesUp.ShouldBe(3 * ProtocolBytes.Up(3, new Plain()) + 3 * ProtocolBytes.Up(3, new Scaffold()));
        }

        Coordinator.Received.Select(request => request.What).ShouldBe(["GET /v1/authority", "GET /v1/run"]);
        Directory.Exists(_lab.State).ShouldBeFalse();
    }

    [Theory]
    [InlineData(40, 50, true)]
    [InlineData(40, 100, false)]
    [InlineData(5, 6, false)]
    public void A_column_that_names_its_rows_is_warned_of(int values, int rows, bool isName)
    {
        FewRows table = new() { Count = rows };
        TableSummary summary = table.Summaries["fedavg"] with { Columns = [new() { Name = "patient", IsNumeric = false, Levels = [.. Enumerable.Range(0, values).Select(i => $"P{i}")] }, new() { Name = "b", IsNumeric = true }] };
        table = new() { Count = rows, Summaries = new Dictionary<string, TableSummary> { ["fedavg"] = summary, ["scaffold"] = summary } };

        Disclosure disclosure = Disclosure.Of(ExperimentFile.Parse(FewRows.Experiment, "e.yaml", Path.GetFullPath(".")), table, null, null);

        disclosure.Warnings.Select(warning => warning[..9]).ShouldBe(isName ? ["'patient'"] : []);
    }

    [Fact]
    public async Task A_model_of_the_end_that_broke_off_after_its_last_byte_is_not_fetched_again()
    {
        await _lab.AcceptAsync();
        Digest model = Coordinator.Train(5, [1, 2, 3]).Model;
        Directory.CreateDirectory(Path.Combine(_lab.State, "models"));
        await File.WriteAllBytesAsync(Path.Combine(_lab.State, "models", $"{model}.part"), Coordinator.Models[model]);
        Coordinator.Script.Enqueue(SiteLab.Prepare);
        Coordinator.Script.Enqueue(new EndWork { Finished = true, Reason = "all rounds are done.", Models = new SortedDictionary<string, Digest> { ["fedavg"] = model } });

        SiteOutcome outcome = await _lab.RunAsync();

        File.ReadAllBytes(outcome.Models["fedavg"]).ShouldBe(Coordinator.Models[model]);
        Coordinator.Received.ShouldNotContain(request => request.What.StartsWith($"GET {ProtocolPath.Models}"));
    }

    [Fact]
    public async Task An_expired_token_is_not_even_shown()
    {
        await Should.ThrowAsync<ExpiredTokenException>(() => _lab.AcceptAsync(Coordinator.Token with { Expires = DateTimeOffset.UtcNow.AddMinutes(-1) }));

        Coordinator.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_model_that_was_altered_is_not_trained_on()
    {
        await _lab.AcceptAsync();
        TrainWork work = Coordinator.Train(5, [1, 2, 3]);
        Coordinator.Models[work.Model][^1] ^= 1;
        _lab.Script(SiteLab.Prepare, work);

        (await Should.ThrowAsync<ProtocolException>(() => _lab.RunAsync())).Message.ShouldContain("must have that SHA-256");

        Coordinator.Count("POST /v1/updates").ShouldBe(0);
    }

    [Fact]
    public async Task A_task_whose_model_is_kept_no_longer_is_over_and_the_next_is_done()
    {
        await _lab.AcceptAsync();
        TrainWork over = Coordinator.Train(5, [1, 2, 3]);
        _lab.Script(SiteLab.Prepare, over, Coordinator.Train(9, [4, 5, 6], round: 2));
        Coordinator.Fault = async context =>
        {
            bool isGone = context.Request.Path == $"{ProtocolPath.Models}/{over.Model}";
            if (isGone)
            {
                Coordinator.Script.TryDequeue(out _);
                await TestCoordinator.Refuse(context, 404, "unknown-model", "It is kept no longer.");
            }
            return isGone;
        };

        await _lab.RunAsync();

        Coordinator.Of(ProtocolPath.Updates, ProtocolJson.Default.UpdateMessage).Select(update => update.Task).ShouldBe([9L]);
    }

    [Fact]
    public async Task A_task_whose_model_never_comes_ends_the_site_with_the_reason()
    {
        await _lab.AcceptAsync();
        TrainWork work = Coordinator.Train(5, [1, 2, 3]);
        _lab.Script(SiteLab.Prepare, work);
        Coordinator.Fault = async context =>
        {
            bool isGone = context.Request.Path == $"{ProtocolPath.Models}/{work.Model}";
            if (isGone)
            {
                await TestCoordinator.Refuse(context, 404, "unknown-model", "It was never published.");
            }
            return isGone;
        };

        (await Should.ThrowAsync<CoordinatorRefusedException>(() => _lab.RunAsync())).Message.ShouldContain("never published");
    }

    [Fact]
    public async Task A_trained_model_that_cannot_be_fetched_any_more_is_missing()
    {
        await _lab.AcceptAsync();
        Digest there = Coordinator.Publish([1, 2, 3]);
        Coordinator.Script.Enqueue(new EndWork { Finished = true, Reason = "all rounds are done.", Models = new SortedDictionary<string, Digest> { ["fedavg"] = there, ["gone"] = Digest.Of([1]) } });

        SiteOutcome outcome = await _lab.RunAsync();

        outcome.Finished.ShouldBeTrue();
        outcome.Models.Keys.ShouldBe(["fedavg"]);
        outcome.Missing.ShouldBe(["gone"]);
    }

    [Fact]
    public async Task A_coordinator_that_has_moved_is_found_at_its_new_address_from_then_on()
    {
        await _lab.AcceptAsync();
        string identity = Path.Combine(_lab.State, "site.json");
        File.WriteAllText(identity, File.ReadAllText(identity).Replace(Coordinator.Url.Authority, "127.0.0.1:1", StringComparison.Ordinal));
        _lab.Script(SiteLab.Prepare);

        (await _lab.RunAsync(moved: Coordinator.Url)).Finished.ShouldBeTrue();

        Coordinator.Script.Clear();
        _lab.Script();
        (await _lab.RunAsync()).Finished.ShouldBeTrue();
    }

    [Fact]
    public async Task An_address_at_which_nobody_was_found_is_not_kept()
    {
        await _lab.AcceptAsync();
        using CancellationTokenSource enough = new(TimeSpan.FromMilliseconds(200));
        await Should.ThrowAsync<OperationCanceledException>(() => _lab.RunAsync(moved: new Uri("https://127.0.0.1:1"), cancellation: enough.Token));

        _lab.Script();
        (await _lab.RunAsync()).Finished.ShouldBeTrue();
    }

    [Fact]
    public async Task A_coordinator_with_two_histories_is_left_and_the_evidence_kept()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare, Coordinator.Train(5, [1, 2, 3]), Coordinator.Train(9, [1, 2, 3], round: 2));
        Coordinator.Fault = context =>
        {
            if (context.Request.Path == ProtocolPath.Updates)
            {
                Coordinator.Forge();
            }
            return Task.FromResult(false);
        };

        DifferentHistoryException fork = await Should.ThrowAsync<DifferentHistoryException>(() => _lab.RunAsync());

        File.Exists(fork.Evidence).ShouldBeTrue();
        Coordinator.Count("POST /v1/updates").ShouldBe(1);
    }

    [Fact]
    public async Task A_coordinator_that_went_back_behind_what_it_signed_is_left_and_the_evidence_kept()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare, Coordinator.Train(5, [1, 2, 3]), Coordinator.Train(9, [1, 2, 3], round: 2), Coordinator.Train(11, [1, 2, 3], round: 3));
        Coordinator.Fault = context =>
        {
            if (context.Request.Path == ProtocolPath.Updates && Coordinator.Count("POST /v1/updates") == 2)
            {
                Coordinator.GoBackTo(0);
            }
            return Task.FromResult(false);
        };

        DifferentHistoryException back = await Should.ThrowAsync<DifferentHistoryException>(() => _lab.RunAsync());

        back.Message.ShouldContain("another history");
        File.Exists(back.Evidence).ShouldBeTrue();
        Coordinator.Count("POST /v1/updates").ShouldBe(2);
    }

    [Fact]
    public async Task The_audit_log_has_every_request_and_no_secret()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare, Coordinator.Train(5, [1, 2, 3]), Coordinator.Evaluate([1, 2, 2.5f]));

        await _lab.RunAsync();

        string[] lines = File.ReadAllLines(Path.Combine(_lab.State, "audit.jsonl"));
        lines.Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).Select(line => $"{line.GetProperty("method")} {line.GetProperty("path").GetString()!.Split('?')[0]}")
            .ShouldBe(Coordinator.Received.Select(request => request.What), ignoreOrder: true); // a head may overtake the request for work beside it
        string all = string.Join('\n', lines);
        all.ShouldNotContain(TestCoordinator.Secret);
        all.ShouldNotContain("PRIVATE");
        foreach ((_, byte[] body, _, _) in Coordinator.Received.Where(request => request.Body.Length > 0))
        {
            all.ShouldContain(Digest.Of(body).ToString());
        }
    }

    [Fact]
    public async Task Training_that_diverges_is_reported_and_not_sent()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare, Coordinator.Train(5, [3e38f, 3e38f, 3]));

        await _lab.RunAsync();

        Coordinator.Of(ProtocolPath.Failures, ProtocolJson.Default.FailureMessage).Single().Reason.ShouldStartWith("Training diverged");
        Coordinator.Count("POST /v1/updates").ShouldBe(0);
    }

    [Fact]
    public async Task Scaffolds_control_goes_on_from_the_task_that_counted()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare,
            Coordinator.Train(5, [1, 2, 3], [0.1f, 0.2f, 0.3f], arm: "scaffold"),
            Coordinator.Train(8, [1, 2, 2], [0.1f, 0.1f, 0.1f], 2, counted: 5, arm: "scaffold"),
            Coordinator.Train(11, [1, 1, 2], [0.2f, 0.1f, 0.1f], 3, counted: 5, arm: "scaffold")); // 8 did not count

        await _lab.RunAsync();

        SiteTraining training = new(new LinearRegression().Build(FewRows.Data.Sample, 0), new TrainingSettings { Optimizer = new Sgd { LearningRate = 0.05f }, BatchSize = 2 }, new Scaffold(), FewRows.Data);
        float[] state = new float[3];
        training.Train(new() { Round = 1, Weights = [1, 2, 3], Control = [0.1f, 0.2f, 0.3f], LocalSteps = 4 }, 1, FewRows.Rows.Train, state, 7, CancellationToken.None);
        SiteUpdate third = training.Train(new() { Round = 3, Weights = [1, 1, 2], Control = [0.2f, 0.1f, 0.1f], LocalSteps = 4 }, 1, FewRows.Rows.Train, state, 7, CancellationToken.None);
        UpdateMessage sent = Coordinator.Of(ProtocolPath.Updates, ProtocolJson.Default.UpdateMessage)[2];
        Coordinator.Vector(sent, "update").ShouldBe(third.Update);
        Coordinator.Vector(sent, "control").ShouldBe(third.ControlChange);
    }
}
