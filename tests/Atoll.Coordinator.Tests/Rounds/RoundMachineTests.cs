using Atoll.Coordinator.Rounds;
using Atoll.Federation.Aggregation;
using Atoll.Federation.Selection;

namespace Atoll.Coordinator.Tests.Rounds;

public sealed class RoundMachineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly int[] Rows = [10, 20, 30, 40];

    [Fact]
    public void A_round_asks_the_sites_that_are_selected()
    {
        RoundDecision opened = Open(new RoundRules { Selection = new UniformSelection { Count = 2 }, Deadline = TimeSpan.FromMinutes(5) });

        opened.Reason.ShouldBe("Round 1 asks 2 of 4 sites.");
        opened.State.Phase.ShouldBe(RoundPhase.Collecting);
        opened.State.Deadline.ShouldBe(Noon.AddMinutes(5));
        opened.Effects.Single().ShouldBeOfType<SendTasks>().Sites.ShouldBe(opened.State.Sites.Keys, ignoreOrder: true);
    }

    [Fact]
    public void A_round_of_all_sites_goes_from_selecting_to_closed()
    {
        RoundMachine machine = new(new RoundRules());
        RoundDecision d = Open(new RoundRules());
        for (int site = 0; site < 4; site++)
        {
            d = machine.Next(d.State, new UpdateReceived(1, site, Rows[site], 5), Noon);
            d.Reason.ShouldBe($"Site {site}'s update for round 1 is taken in.");
            d.Effects.ShouldBe([new FoldUpdate(site, Rows[site], 1)]);

            d = machine.Next(d.State, new UpdateFolded(1, site), Noon);
            d.Reason.ShouldBe(site < 3 ? $"Site {site}'s update is part of round 1: {site + 1} of 4." : "Round 1 closes with 4 of 4 updates.");
        }

        d.State.Phase.ShouldBe(RoundPhase.Closed);
        d.Effects.ShouldBe([new ApplyAverage(1, 1)]);
    }

    [Fact]
    public void A_FedNova_update_is_divided_by_its_steps()
    {
        RoundRules rules = new() { Aggregation = new FedNova() };
        Next(rules, Open(rules).State, new UpdateReceived(1, 2, 30, 12.5)).Effects.ShouldBe([new FoldUpdate(2, 30, 12.5)]);
    }

    [Fact]
    public void A_round_does_not_close_while_an_update_is_being_added()
    {
        RoundRules rules = new() { Selection = new UniformSelection { Count = 4 } };
        RoundState state = Answered(rules, Open(rules).State, 0, 1, 2);
        state = Next(rules, state, new UpdateReceived(1, 3, 40, 1)).State;

        state.Phase.ShouldBe(RoundPhase.Collecting);
        Next(rules, state, new UpdateFolded(1, 3)).State.Phase.ShouldBe(RoundPhase.Closed);
    }

    [Fact]
    public void A_second_update_of_a_site_is_refused()
    {
        RoundState state = Answered(new(), Open(new()).State, 1);
        Refused(new(), state, new UpdateReceived(1, 1, 20, 1), "Site 1 has already answered in round 1.");
        Refused(new(), state, new UpdateFailed(1, 1, "why"), "Site 1 has already answered in round 1.");
        Refused(new(), state, new UpdateFolded(1, 1), "Site 1's update for round 1 was not being added.");
    }

    [Fact]
    public void An_update_of_a_site_that_was_not_asked_is_refused()
    {
        RoundRules rules = new() { Selection = new WeightedSelection { Count = 1 } };
        RoundDecision opened = new RoundMachine(rules).Next(RoundState.Before(1), new RoundOpened(1, new[] { 0, 5 }, new Random(1)), Noon);

        Refused(rules, opened.State, new UpdateReceived(1, 0, 0, 1), "Site 0 was not asked to take part in round 1.");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public void An_update_for_another_round_is_refused(int round)
    {
        RoundState state = Open(new(), round: 4).State;
        Refused(new(), state, new UpdateReceived(round, 1, 20, 1), $"Site 1's update is for round {round}, but round 4 is under way.");
    }

    [Fact]
    public void A_late_update_is_refused()
    {
        RoundState closed = Answered(new(), Open(new()).State, 0, 1, 2, 3);
        Refused(new(), closed, new UpdateReceived(1, 1, 20, 1), "Site 1's update is for round 1, but round 1 has closed.");
        Refused(new(), RoundState.Before(1), new UpdateReceived(1, 1, 20, 1), "Site 1's update is for round 1, but round 1 has not begun.");
    }

    [Fact]
    public void An_update_that_contradicts_what_is_known_is_refused()
    {
        RoundState state = Open(new()).State;
        Refused(new(), state, new UpdateReceived(1, 1, 2000, 1), "Site 1's update in round 1 must be from the 20 rows it joined with (was 2000).");
        Refused(new(), state, new UpdateReceived(1, 1, 20, double.NaN), "Site 1's update in round 1 must be worth more than 0 and fewer than 2147483647 steps (was NaN).");
    }

    [Fact]
    public void One_failure_ends_a_round_that_needs_every_site()
    {
        RoundState state = Answered(new(), Open(new(), round: 7).State, 0);
        RoundDecision failed = Next(new(), state, new UpdateFailed(7, 3, "Training diverged: its loss is NaN."));

        failed.Reason.ShouldBe("Round 7 fails, as it needs 4 updates and can get 3: site 3 failed: Training diverged: its loss is NaN.");
        failed.State.Phase.ShouldBe(RoundPhase.Failed);
        failed.Effects.ShouldBe([new DropAverage()]);
    }

    [Fact]
    public void A_round_goes_on_without_a_site_while_its_quorum_can_be_reached()
    {
        RoundRules rules = new() { Quorum = 0.7 }; // 2.8 of 4: three updates
        RoundDecision d = Next(rules, Open(rules).State, new UpdateFailed(1, 0, "Its disk is full."));
        d.Reason.ShouldBe("Round 1 goes on without site 0: Its disk is full.");

        RoundState state = Answered(rules, d.State, 1, 2);
        d = Next(rules, Next(rules, state, new UpdateReceived(1, 3, 40, 1)).State, new UpdateFolded(1, 3));
        d.Reason.ShouldBe("Round 1 closes with 3 of 4 updates.");
        d.Effects.ShouldBe([new ApplyAverage(0.75, 0.9)]); // 90 of 100 rows
    }

    [Fact]
    public void Where_failed_sites_are_counted_out_none_of_them_ends_the_round_for_the_others()
    {
        RoundRules rules = new() { CountsFailedOut = true };
        RoundState state = Next(rules, Open(rules).State, new UpdateFailed(1, 0, "NaN.")).State;
        rules.UpdatesNeeded(state).ShouldBe(3);
        RoundState other = Next(rules, state, new UpdateFailed(1, 1, "NaN.")).State;

        Next(rules, Answered(rules, other, 2), new SiteLost(1, 3)).Reason.ShouldBe("Round 1 waits for site 3 to come back: it needs 2 updates.");
        Next(rules, Answered(rules, other, 2), new UpdateFailed(1, 3, "NaN.")).Reason.ShouldBe("Round 1 closes with 1 of 4 updates.");
        Next(rules, Next(rules, other, new UpdateFailed(1, 2, "NaN.")).State, new UpdateFailed(1, 3, "NaN.")).Reason.ShouldBe("Round 1 fails, as it needs 1 updates and can get 0: site 3 failed: NaN.");
    }

    [Theory]
    [InlineData(1.0, 7, 7)]
    [InlineData(0.1, 30, 3)]
    [InlineData(0.5, 5, 3)]
    [InlineData(0.01, 5, 1)]
    public void A_quorum_is_a_share_of_the_chosen_sites_rounded_up(double quorum, int chosen, int needed) => new RoundRules { Quorum = quorum }.UpdatesNeeded(chosen).ShouldBe(needed);

    [Fact]
    public void A_failure_can_be_the_answer_that_closes_a_round()
    {
        RoundRules rules = new() { Quorum = 0.5 };
        RoundDecision d = Next(rules, Answered(rules, Open(rules).State, 1, 2, 3), new UpdateFailed(1, 0, "Gone."));

        d.Reason.ShouldBe("Round 1 closes with 3 of 4 updates.");
    }

    [Fact]
    public void After_the_deadline_a_round_closes_with_its_quorum()
    {
        RoundRules rules = new() { Quorum = 0.5 };
        RoundDecision d = Next(rules, Answered(rules, Open(rules).State, 2, 3), new DeadlinePassed(1));

        d.Reason.ShouldBe("Round 1 closes with 2 of 4 updates.");
        d.Effects.ShouldBe([new ApplyAverage(0.5, 0.7)]);
    }

    [Fact]
    public void The_deadline_waits_for_an_update_that_came_in_time_and_for_no_other()
    {
        RoundRules rules = new() { Quorum = 0.5 };
        RoundState state = Answered(rules, Open(rules).State, 2);
        state = Next(rules, state, new UpdateReceived(1, 3, 40, 1)).State;
        RoundDecision d = Next(rules, state, new DeadlinePassed(1));

        d.Reason.ShouldBe("Round 1 waits for no more sites, only for 1 updates that came in time.");
        Refused(rules, d.State, new UpdateReceived(1, 0, 10, 1), "Site 0's update came after round 1's deadline.");
        Next(rules, d.State, new UpdateFolded(1, 3)).Reason.ShouldBe("Round 1 closes with 2 of 4 updates.");
    }

    [Fact]
    public void After_the_deadline_a_round_without_quorum_fails()
    {
        RoundDecision d = Next(new(), Answered(new(), Open(new()).State, 2, 3), new DeadlinePassed(1));

        d.Reason.ShouldBe("Round 1 fails, as it needs 4 updates and can get 2: 2 of 4 sites had not answered by the deadline.");
        d.State.Phase.ShouldBe(RoundPhase.Failed);
    }

    [Fact]
    public void Rounds_follow_one_another_and_a_failed_one_can_be_tried_again()
    {
        RoundState closed = Answered(new(), Open(new()).State, 0, 1, 2, 3);
        Refused(new(), closed, new RoundOpened(1, Rows, new Random(1)), "Round 1 cannot begin: round 2 is the next.");
        Next(new(), closed, new RoundOpened(2, Rows, new Random(1))).Reason.ShouldBe("Round 2 asks 4 of 4 sites.");

        RoundState open = Open(new()).State;
        Refused(new(), open, new RoundOpened(2, Rows, new Random(1)), "Round 2 cannot begin while round 1 is collecting updates.");
        RoundState failed = Next(new(), open, new UpdateFailed(1, 0, "Gone.")).State;
        Next(new(), failed, new RoundOpened(1, Rows, new Random(1))).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void The_same_state_and_event_give_the_same_decision()
    {
        RoundRules rules = new() { Selection = new UniformSelection { Count = 2 } };
        Open(rules).Effects.OfType<SendTasks>().Single().Sites.ShouldBe(Open(rules).Effects.OfType<SendTasks>().Single().Sites);
    }

    private static RoundDecision Open(RoundRules rules, int round = 1) =>
        new RoundMachine(rules).Next(RoundState.Before(round), new RoundOpened(round, Rows, new Random(5)), Noon);

    private static RoundDecision Next(RoundRules rules, RoundState state, RoundEvent happened)
    {
        RoundDecision decision = new RoundMachine(rules).Next(state, happened, Noon);
        decision.Accepted.ShouldBeTrue(decision.Reason);
        return decision;
    }

    private static RoundState Answered(RoundRules rules, RoundState state, params int[] sites) => sites.Aggregate(state, (s, site) =>
        Next(rules, Next(rules, s, new UpdateReceived(s.Round, site, Rows[site], 1)).State, new UpdateFolded(s.Round, site)).State);

    private static void Refused(RoundRules rules, RoundState state, RoundEvent happened, string reason)
    {
        RoundDecision decision = new RoundMachine(rules).Next(state, happened, Noon);
        decision.Reason.ShouldBe(reason);
        decision.Accepted.ShouldBeFalse();
        decision.State.ShouldBeSameAs(state);
        decision.Effects.ShouldBeEmpty();
    }
}
