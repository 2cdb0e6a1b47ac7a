using System.Collections.Immutable;
using Atoll.Coordinator.Live.Machine;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;

namespace Atoll.Coordinator.Tests.Live;

public sealed class RunMachineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string[] _sites = ["berlin", "paris", "rome"];
    private DateTimeOffset _now = Noon;
    private LiveSettings _settings = new();
    private bool _isBuffered;
    private RunState _state = RunState.Of(3, Noon);

    [Fact]
    public void Enrolment_waits_for_every_site_by_name()
    {
        Tell(new SiteJoined(1)).Reason.ShouldBe("1 of 3 sites have enrolled: waiting for berlin and rome.");
        Tell(new SiteJoined(0)).Effects.ShouldBeEmpty();

        RunDecision all = Tell(new SiteJoined(2));

        all.Reason.ShouldBe("All 3 sites have enrolled.");
        all.Effects.Single().ShouldBeOfType<CloseEnrolment>();
    }

    [Fact]
    public void After_the_enrolment_deadline_the_minimum_is_enough()
    {
        _settings = new() { MinimumSites = 2, EnrolmentDeadline = new(600) };
        Tell(new SiteJoined(0)).Wake.ShouldBe(Noon.AddMinutes(10));

        _now = Noon.AddMinutes(10);
        Tell(Nothing()).Reason.ShouldBe("The enrolment deadline is over, but 1 of the 2 sites that are needed have enrolled: waiting for more of paris and rome.");
        RunDecision enough = Tell(new SiteJoined(2));

        enough.Reason.ShouldBe("Enrolment is over with 2 of 3 sites.");
        enough.Effects.Single().ShouldBeOfType<CloseEnrolment>();
    }

    [Fact]
    public void Training_begins_when_every_site_has_prepared_its_rows()
    {
        Enrolled();
        Tell(new SiteReady(0)).Reason.ShouldBe("1 of 3 sites have prepared their rows: waiting for paris and rome.");
        Tell(new SiteReady(1));

        ((BeginTraining)Tell(new SiteReady(2)).Effects.Single()).Sites.ShouldBe([0, 1, 2]);
    }

    /// <summary>Else a site that asks for work for ever, and prepares nothing, would hold up all others.</summary>
    [Fact]
    public void A_site_that_is_there_and_never_ready_has_as_long_as_the_enrolment_had()
    {
        _settings = new() { MinimumSites = 2, EnrolmentDeadline = new(600) };
        _now = Noon.AddMinutes(9);
        Enrolled();
        Tell(new SiteReady(0));
        Tell(new SiteReady(1)).Wake.ShouldBe(Noon.AddMinutes(10));
        _now = Noon.AddMinutes(18);
        RunDecision waits = Tell(Nothing());
        waits.Effects.ShouldBeEmpty();
        waits.Wake.ShouldBe(Noon.AddMinutes(19));

        _now = Noon.AddMinutes(19);
        RunDecision without = Tell(Nothing());

        without.Reason.ShouldBe("Training begins without rome: not prepared in time.");
        ((BeginTraining)without.Effects.Single()).Sites.ShouldBe([0, 1]);
    }

    [Fact]
    public void A_site_that_is_lost_before_it_is_ready_is_waited_for_unless_the_deadline_is_over_and_the_minimum_is_there()
    {
        _settings = new() { MinimumSites = 2, EnrolmentDeadline = new(600) };
        Enrolled();
        Tell(new SiteReady(0));
        Tell(new SiteReady(1));
        Tell(new SiteGone(2)).Reason.ShouldBe("2 of 3 sites have prepared their rows: waiting for rome (lost).");

        _now = Noon.AddMinutes(11);
        RunDecision without = Tell(Nothing());

        without.Reason.ShouldBe("Training begins without rome (lost): not prepared in time.");
        ((BeginTraining)without.Effects.Single()).Sites.ShouldBe([0, 1]);
    }

    [Fact]
    public void Rounds_follow_each_other_until_the_arm_is_evaluated_and_the_next_begins()
    {
        Training();
        Due().ShouldBe(new OpenRound(0, 1));
        Tell(new RoundBegan(1));
        Tell(Moved(1, folded: 1)).Reason.ShouldBe("fedavg: round 1 of 2 has 1 of 3 updates: waiting for paris and rome.");
        Tell(Moved(1, folded: 3, RoundPhase.Closed)).Effects.ShouldBe([new CloseRound(1)]);
        Tell(new RoundDone(1, [])).Effects.ShouldBe([new OpenRound(0, 2)]);
        Tell(new RoundBegan(2));

        Tell(new RoundDone(2, [0, 1])).Reason.ShouldBe("fedavg: the last model is evaluated: waiting for berlin and paris.");
        Tell(new SiteEvaluated(0)).Effects.ShouldBeEmpty();
        Tell(new SiteEvaluated(1)).Effects.ShouldBe([new EndArm(0, null)]);
        Tell(new ArmOver()).Effects.ShouldBe([new OpenRound(1, 1)]);
        Tell(new RoundBegan(1));
        Tell(new RoundDone(1, [])).Effects.ShouldBe([new EndArm(1, null)]);
        Tell(new ArmOver()).Effects.ShouldBe([new EndRun()]);
        Tell(new RunOver(true, "The run is finished.")).State.Phase.ShouldBe(RunPhase.Finished);
        Due().ShouldBeNull();
    }

    [Fact]
    public void The_last_evaluation_does_not_wait_for_lost_sites()
    {
        Training();
        Tell(new RoundBegan(1));
        Tell(new RoundDone(2, [0, 1]));
        Tell(new SiteEvaluated(0));

        Tell(new SiteGone(1)).Effects.ShouldBe([new EndArm(0, null)]);
    }

    [Fact]
    public void A_round_that_was_given_up_ends_its_arm_and_not_the_run()
    {
        Training();
        Tell(new RoundBegan(1));

        RunDecision stopped = Tell(new RoundGivenUp(1, "Round 1 fails: too few updates."));

        stopped.Effects.ShouldBe([new EndArm(0, "Round 1 fails: too few updates.")]);
        stopped.Reason.ShouldBe("fedavg stops: Round 1 fails: too few updates.");
        Tell(new ArmOver()).Effects.ShouldBe([new OpenRound(1, 1)]);
    }

    [Fact]
    public void A_round_past_its_deadline_ends_with_its_quorum_and_not_before()
    {
        _settings = new() { RoundDeadline = new(60), Quorum = 0.6 };
        Training();
        Tell(new RoundBegan(1));
        Tell(Moved(1, folded: 1)).Wake.ShouldBe(Noon.AddMinutes(1));

        _now = Noon.AddMinutes(1);
        Tell(Nothing()).Reason.ShouldBe("fedavg: round 1 of 2 is past its deadline, but needs 2 updates and has 1: waiting for paris and rome.");
        Tell(Moved(1, folded: 2)).Effects.ShouldBe([new EndRoundByDeadline(1)]);
    }

    [Fact]
    public void Where_updates_are_buffered_tasks_are_given_while_there_is_room_and_no_deadline_ends_a_round()
    {
        _settings = new() { RoundDeadline = new(60), Quorum = 0.6 };
        _isBuffered = true;
        Training();
        Tell(new RoundBegan(1));
        Tell(Moved(1, folded: 2) with { HasRoom = true }).Effects.ShouldBe([new GiveTasks(1)]);
        RunDecision full = Tell(Moved(1, folded: 2));
        full.Effects.ShouldBeEmpty();
        full.Wake.ShouldBeNull();

        _now = Noon.AddMinutes(2);
        Tell(Nothing()).Reason.ShouldBe("fedavg: round 1 of 2 has 2 of 3 updates: waiting for rome.");
        Tell(Moved(1, folded: 3, RoundPhase.Closed)).Effects.ShouldBe([new CloseRound(1)]);
        Tell(new RoundDone(1, []));
        Tell(new RoundBegan(2)).Effects.ShouldBeEmpty();
    }

    [Fact]
    public void A_silent_site_is_lost_after_the_stall_and_back_with_its_next_sign_of_life()
    {
        Training();
        Tell(new RoundBegan(1));
        Tell(Moved(1, folded: 0));
        Tell(new TimePassed([Noon, Noon.AddSeconds(10), null])).Wake.ShouldBe(Noon.AddSeconds(60));

        _now = Noon.AddSeconds(60);
        Tell(new TimePassed([Noon, Noon.AddSeconds(10), null])).Effects.ShouldBe([new RecordLoss(0, "No sign of life for 60 s.")]);
        Tell(new SiteGone(0)).Reason.ShouldBe("fedavg: round 1 of 2 has 0 of 3 updates: waiting for berlin (lost), paris and rome.");
        Tell(new TimePassed([Noon.AddSeconds(59), Noon.AddSeconds(10), null])).Effects.ShouldBe([new RecordReturn(0)]);
    }

    [Fact]
    public void What_is_due_stays_due_until_the_ledger_says_it_was_done()
    {
        Training();

        Tell(Nothing()).Effects.ShouldBe([new OpenRound(0, 1)]);
        Tell(Nothing()).Effects.ShouldBe([new OpenRound(0, 1)]);
    }

    [Fact]
    public void Nothing_is_due_in_a_run_that_was_aborted()
    {
        Training();

        RunDecision aborted = Tell(new RunOver(false, "The run was aborted: wrong file."));

        aborted.State.Phase.ShouldBe(RunPhase.Aborted);
        aborted.Effects.ShouldBeEmpty();
        Tell(new SiteJoined(0)).Reason.ShouldBe("The run was aborted: wrong file.");
    }

    private void Enrolled()
    {
        for (int site = 0; site < 3; site++)
        {
            Tell(new SiteJoined(site));
        }
        Tell(new EnrolmentOver());
    }

    private void Training()
    {
        Enrolled();
        for (int site = 0; site < 3; site++)
        {
            Tell(new SiteReady(site));
        }
        Tell(new TrainingBegan([0, 1, 2]));
    }

    private RunDecision Tell(RunEvent happened)
    {
        RunRules rules = new() { Sites = _sites, Arms = [new("fedavg", 2, _isBuffered), new("fedprox", 1)], Settings = _settings };
        RunDecision decision = new RunMachine(rules).Next(_state, happened, _now);
        _state = decision.State;
        return decision;
    }

    private RunEffect? Due() => Tell(Nothing()).Effects.SingleOrDefault();

    private static TimePassed Nothing() => new([]);

    private static RoundMoved Moved(int round, int folded, RoundPhase phase = RoundPhase.Collecting) => new(new RoundState
    {
        Round = round,
        Phase = phase,
        Target = 3,
        Folded = folded,
        Sites = Enumerable.Range(0, 3).ToImmutableDictionary(site => site, site => site < folded ? SiteStanding.Folded : SiteStanding.Awaited),
    });
}
