using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Storage;
using Atoll.Ledger.Tests.Fixtures;

namespace Atoll.Ledger.Tests.Verification;

/// <summary>What the entries of a run may say after one another; the same rules verify and let in, so they are tried where entries come in.</summary>
public sealed class RulesTests : IAsyncLifetime, IDisposable
{
    private readonly SampleRun _run = new();
    private readonly MemoryLedger _store = new();
    private LedgerWriter _writer = null!;

    public async Task InitializeAsync()
    {
        _writer = await LedgerWriter.OpenAsync(_store, _run.Coordinator, new Clock());
        await _writer.AppendAsync(_run.Created);
        await _writer.AppendAsync(_run.Enrolled);
        await _writer.AppendAsync(new SiteEnrolled { Site = "virtual" });
        await _writer.AppendAsync(new RoundOpened { Round = 0 });
    }

    public async Task DisposeAsync()
    {
        await _writer.DisposeAsync();
        // Whatever was refused, what is there verifies.
        Lines.Verify(_store.File().ToArray()).Problem.ShouldBeNull();
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_replayed_nonce_is_refused_and_a_new_one_is_not()
    {
        await _writer.AppendAsync(_run.Update(0, "n1"));
        await Close(0);
        await _writer.AppendAsync(new RoundOpened { Round = 1 });

        await Refused(_run.Update(1, "n1"), "'berlin' used the nonce 'n1' before: it is a replay");
        await _writer.AppendAsync(_run.Update(1, "n2"));
    }

    [Fact]
    public async Task A_refused_entry_uses_up_nothing()
    {
        await Refused(_run.Update(7, "n1"), "round 7 must be open, but is not");

        await _writer.AppendAsync(_run.Update(0, "n1"));
    }

    [Fact]
    public async Task A_site_has_one_update_a_round_unless_each_answers_a_task_of_its_own()
    {
        LedgerEntry task = await _writer.AppendAsync(new TaskTaken { Site = "virtual", Round = 0 });
        UpdateReceived plain = new() { Site = "virtual", Round = 0, Update = SampleRun.AHash }, answer = plain with { Task = task.Index };
        await _writer.AppendAsync(plain);

        await Refused(plain, "virtual has an update in round 0 already");
        await _writer.AppendAsync(answer);
        await Refused(answer, $"its task must be a task-taken entry of virtual that was not answered before (was {task.Index})");
    }

    [Fact]
    public async Task A_site_with_a_key_must_sign_what_it_sends()
    {
        await Refused(_run.Update(0, "n1") with { Signed = null }, "'berlin' has a key, so its entry must be signed");
        await Refused(new MeterReading { Site = "berlin", EnergyJoules = 1 }, "'berlin' has a key, so its entry must be signed");
        await Refused(new Evaluation { Site = "berlin", Round = 0, Metrics = new Dictionary<string, double> { ["accuracy"] = 1 } }, "'berlin' has a key, so its entry must be signed");
    }

    [Fact]
    public async Task What_is_signed_for_one_thing_says_nothing_of_another()
    {
        using SigningKey stranger = SigningKey.Create();
        string statement = $$"""{"run":"demo","site":"berlin","nonce":"n1","update":"{{SampleRun.AHash}}","rows":12}""";
        UpdateReceived update = _run.Update(0, "n1");

        await Refused(update with { Signed = _run.Say(EntryKind.UpdateReceived, statement, key: stranger) }, "the signature of 'berlin': the signature is not of this key and statement");
        await Refused(update with { Signed = _run.Say(EntryKind.MeterReading, statement) }, "the signature of 'berlin': the signature is not of this key and statement");
        await Refused(update with { Signed = _run.Say(EntryKind.UpdateReceived, statement.Replace("demo", "other", StringComparison.Ordinal)) }, "its statement must be for the run 'demo' (was 'other')");
        await Refused(update with { Rows = 13 }, "'berlin' signed rows 12, but the entry says 13");
        await Refused(update with { Site = "virtual" }, "'berlin' signed site \"berlin\", but the entry says \"virtual\"");
        await Refused(update with { Signed = update.Signed! with { Author = "virtual" } }, "its author 'virtual' must be a site that enrolled with a key");
        await Refused(update with { Signed = _run.Say(EntryKind.UpdateReceived, """{"run":"demo","site":"berlin"}""") }, "a signed statement must have a text 'nonce'");
    }

    [Fact]
    public async Task An_update_counts_once_and_every_update_of_a_round_counts()
    {
        long one = (await _writer.AppendAsync(_run.Update(0, "n1"))).Index;
        long two = (await _writer.AppendAsync(new UpdateReceived { Site = "virtual", Round = 0, Update = SampleRun.AHash })).Index;

        await Refused(Aggregated(0, one), $"it must count every update that round 0 received, but leaves out entry {two}");
        await Refused(Aggregated(0, one, two, one), $"it counts entry {one} twice");
        await Refused(Aggregated(0, one, two, 0), "what it counts must be updates that round 0 received, but entry 0 is none");
        await _writer.AppendAsync(Aggregated(0, two, one));
        await Refused(Aggregated(0, two, one), "round 0 must be open, but is not");
        await _writer.AppendAsync(new RoundOpened { Round = 1 });
        await Refused(Aggregated(1, one), $"what it counts must be updates that round 1 received, but entry {one} is none");
    }

    [Fact]
    public async Task Rounds_of_an_arm_rise_and_those_of_another_are_its_own()
    {
        await Refused(new RoundOpened { Round = 0 }, "round 0 must come after round 0, which was opened before");
        await _writer.AppendAsync(new RoundOpened { Round = 0, Arm = "diloco" });
        await _writer.AppendAsync(_run.Update(0, "n1", arm: "diloco"));
        await _writer.AppendAsync(_run.Update(0, "n2"));
    }

    [Fact]
    public async Task Who_is_not_enrolled_does_not_take_part()
    {
        await Refused(new SiteEnrolled { Site = "virtual" }, "'virtual' is enrolled already");
        await Refused(new TaskTaken { Site = "nobody", Round = 0 }, "'nobody' must be an enrolled site");
        await Refused(new UpdateReceived { Site = "nobody", Round = 0, Update = SampleRun.AHash }, "'nobody' must be an enrolled site");
        await Refused(new SiteLost { Site = "nobody", Reason = "Gone." }, "'nobody' must be an enrolled site");
        await Refused(new RoundOpened { Round = 1, Sites = ["virtual", "nobody"] }, "'nobody' must be an enrolled site");
    }

    [Fact]
    public async Task A_run_with_an_open_round_is_not_finished_and_nothing_follows_one_that_is()
    {
        await Refused(new RunFinished(), "a run that is finished must have no open round, but round 0 was neither aggregated nor abandoned");
        await _writer.AppendAsync(new RoundAbandoned { Round = 0, Reason = "Too few." });
        await _writer.AppendAsync(new RunFinished());

        await Refused(new RoundOpened { Round = 1 }, "nothing may follow the end of the run and its tree head (was round-opened)");
        _writer.Head!.Size.ShouldBe(_writer.Size - 1);
    }

    [Fact]
    public async Task Only_aggregation_changes_an_arms_model()
    {
        Digest first = Digest.Of("first"u8), second = Digest.Of("second"u8);
        await _writer.AppendAsync(new ModelPublished { Round = 0, Model = first });
        await Refused(new ModelPublished { Round = 0, Model = second }, $"its model must be {first}, which is the newest (was {second})");
        await Refused(new TaskTaken { Site = "virtual", Round = 0, Model = second }, $"its model must be {first}, which was published for round 0 (was {second})");
        await Refused(Evaluated(0, second), $"its model must be {first}, which round 0 ended with (was {second})");
        await _writer.AppendAsync(new TaskTaken { Site = "virtual", Round = 0, Model = first });
        await _writer.AppendAsync(Aggregated(0) with { Model = second });

        await Refused(new ModelPublished { Round = 1, Model = first }, $"its model must be {second}, which is the newest (was {first})");
        await _writer.AppendAsync(new ModelPublished { Round = 1, Model = second });
        await _writer.AppendAsync(new RoundOpened { Round = 1 });
        await _writer.AppendAsync(Aggregated(1) with { Model = first });

        await Refused(Evaluated(0, first), $"its model must be {second}, which round 0 ended with (was {first})");
        await _writer.AppendAsync(Evaluated(0, second));
        await _writer.AppendAsync(Evaluated(1, first));
        await _writer.AppendAsync(new ModelPublished { Round = 0, Model = second, Arm = "another" });
    }

    [Fact]
    public async Task An_abandoned_round_leaves_the_model_as_it_was()
    {
        await _writer.AppendAsync(new ModelPublished { Round = 0, Model = SampleRun.AHash });
        await _writer.AppendAsync(new RoundAbandoned { Round = 0, Reason = "Too few." });

        await Refused(new ModelPublished { Round = 1, Model = Digest.Of("b"u8) }, $"its model must be {SampleRun.AHash}, which is the newest (was {Digest.Of("b"u8)})");
        await _writer.AppendAsync(new ModelPublished { Round = 1, Model = SampleRun.AHash });
    }

    [Fact]
    public async Task An_arm_finishes_once_after_the_rounds_that_it_had_and_the_run_with_its_model()
    {
        Digest file = Digest.Of("file"u8);
        await _writer.AppendAsync(Aggregated(0));
        ArmFinished arm = new() { Arm = "fedavg", Rounds = 1, Model = file };
        await Refused(arm with { Rounds = 3 }, "its rounds must be the 1 that were aggregated (were 3)");
        await _writer.AppendAsync(arm);
        await Refused(arm, "fedavg must finish once, but finished before");

        await Refused(new RunFinished(), "its models must be those that its arms finished with, but are not for fedavg");
        await Refused(Finished(("fedavg", SampleRun.AHash)), "its models must be those that its arms finished with, but are not for fedavg");
        await Refused(Finished(("fedavg", file), ("more", file)), "its models must be those that its arms finished with, but are not for more");
        await _writer.AppendAsync(Finished(("fedavg", file)));

        static RunFinished Finished(params (string Arm, Digest Model)[] models) => new() { Models = models.ToDictionary(arm => arm.Arm, arm => arm.Model) };
    }

    [Fact]
    public async Task An_aborted_run_may_leave_rounds_open()
    {
        await _writer.AppendAsync(new RunAborted { Reason = "The operator stopped it." });

        Lines.Verify(_store.File().ToArray()).IsComplete.ShouldBeTrue();
    }

    [Fact]
    public async Task Only_the_first_entry_creates_the_run() => await Refused(_run.Created, "only the first entry may be run-created");

    [Fact]
    public async Task A_kind_of_ones_own_is_free_but_a_signature_in_it_must_hold()
    {
        EntryDraft note = new("operator-note", SampleRun.Json("""{"text":"Site berlin moved."}"""));
        await _writer.AppendAsync(note);

        EntryDraft signed = new("operator-note", SampleRun.Json("""{"signed":{"author":"berlin","signature":"AAAA","statement":{"run":"demo","site":"berlin","nonce":"x"}}}"""));
        (await Should.ThrowAsync<LedgerException>(_writer.AppendAsync(signed))).Message.ShouldContain("a signature must be 64 bytes in base64");
    }

    [Theory]
    [InlineData("""{"round":1}""", "update-received")]
    [InlineData("""{"round":"one"}""", "round-opened")]
    [InlineData("""{"round":1.5}""", "round-opened")]
    [InlineData("""{"site":"virtual","round":0,"update":"AB"}""", "update-received")]
    [InlineData("""{"site":null,"round":0}""", "task-taken")]
    public async Task Data_without_the_fields_of_its_kind_is_refused(string data, string kind) =>
        (await Should.ThrowAsync<LedgerException>(_writer.AppendAsync(new EntryDraft(kind, SampleRun.Json(data))))).Message.ShouldContain($"its data is not that of {kind}");

    private async Task Refused<T>(T data, string reason) where T : IEntryData
    {
        long size = _writer.Size;
        (await Should.ThrowAsync<LedgerException>(_writer.AppendAsync(data))).Message.ShouldBe($"The ledger refuses this {T.Kind}: {reason}.");
        _writer.Size.ShouldBe(size);
    }

    private async Task Close(long round)
    {
        long last = _writer.Size - 1;
        await _writer.AppendAsync(Aggregated(round, last));
    }

    private static Evaluation Evaluated(long round, Digest model) => new() { Round = round, Model = model, Metrics = new Dictionary<string, double> { ["accuracy"] = 0.5 } };

    private static RoundAggregated Aggregated(long round, params long[] updates) => new() { Round = round, Updates = updates, Model = SampleRun.AHash };
}
