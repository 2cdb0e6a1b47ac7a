using Atoll.Coordinator.Rounds;
using Atoll.Federation.Selection;

namespace Atoll.Coordinator.Tests.Rounds;

/// <summary>What a round does that only happens across machines: more sites asked than needed, sites that go and come.</summary>
public sealed class LiveRoundTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly int[] Rows = [10, 20, 30, 40];
    private static readonly string[] Names = ["berlin", "paris", "rome", "oslo"];

    private readonly RoundMachine _machine;
    private RoundState _state = RoundState.Before(1);

    public LiveRoundTests() => _machine = new(new RoundRules { SiteNames = Names });

    [Fact]
    public void Over_selection_asks_more_sites_than_the_round_needs_and_closes_without_the_slow_ones()
    {
        RoundMachine machine = new(new RoundRules { Selection = new UniformSelection { Count = 2 }, OverSelection = 1.5, SiteNames = Names });
        RoundDecision d = machine.Next(_state, new RoundOpened(1, Rows, new Random(1)), Noon);
        d.Reason.ShouldBe("Round 1 asks 3 of 4 sites and needs 2 updates.");
        int[] asked = [.. d.State.Sites.Keys.Order()];

        d = Answer(machine, d.State, asked[0]);
        d = Answer(machine, d.State, asked[1]);

        d.Reason.ShouldBe("Round 1 closes with 2 of 3 updates.");
        d.Effects.OfType<ApplyAverage>().Single().ShareOfSites.ShouldBe(0.5);
        machine.Next(d.State, new UpdateReceived(1, asked[2], Rows[asked[2]], 1), Noon).Reason.ShouldBe($"{Names[asked[2]]}'s update is for round 1, but round 1 has closed.");
    }

    [Fact]
    public void An_update_that_comes_while_the_last_needed_one_is_added_waits_for_no_one()
    {
        RoundMachine machine = new(new RoundRules { Selection = new UniformSelection { Count = 1 }, OverSelection = 3, SiteNames = Names });
        RoundState state = machine.Next(_state, new RoundOpened(1, Rows, new Random(1)), Noon).State;
        int[] asked = [.. state.Sites.Keys.Order()];
        state = machine.Next(state, new UpdateReceived(1, asked[0], Rows[asked[0]], 1), Noon).State;
        state = machine.Next(state, new UpdateReceived(1, asked[1], Rows[asked[1]], 1), Noon).State;
        state = machine.Next(state, new UpdateFolded(1, asked[0]), Noon).State;

        machine.Next(state, new UpdateReceived(1, asked[2], Rows[asked[2]], 1), Noon).Reason.ShouldBe($"{Names[asked[2]]}'s update came when round 1 had the 1 that it needs.");
        machine.Next(state, new UpdateFolded(1, asked[1]), Noon).Reason.ShouldBe("Round 1 closes with 2 of 3 updates.");
    }

    [Fact]
    public void Asking_more_never_asks_more_than_there_are_and_none_more_where_all_take_part()
    {
        new UniformSelection { Fraction = 0.5 }.Enlarged(1.5, 4, out int needed).Select(Rows, new Random(1)).Length.ShouldBe(3);
        needed.ShouldBe(2);
        new WeightedSelection { Count = 3 }.Enlarged(5, 4, out needed).Select(Rows, new Random(1)).Length.ShouldBe(4);
        needed.ShouldBe(3);
        new AllSites().Enlarged(2, 4, out needed).Select(Rows, new Random(1)).Length.ShouldBe(4);
        needed.ShouldBe(4);
    }

    [Fact]
    public void A_lost_site_is_waited_for_while_the_quorum_needs_it()
    {
        Open();
        Answered(0, 1, 2);

        Tell(new SiteLost(1, 3)).Reason.ShouldBe("Round 1 waits for oslo to come back: it needs 4 updates.");
        Tell(new SiteReturned(1, 3)).Reason.ShouldBe("oslo is back in round 1.");
        Answered(3);

        _state.Phase.ShouldBe(RoundPhase.Closed);
    }

    [Fact]
    public void An_update_from_a_lost_site_counts_while_the_round_is_open()
    {
        Open();
        Tell(new SiteLost(1, 0));
        Answered(1, 2, 3);
        _state.Phase.ShouldBe(RoundPhase.Collecting);

        Answered(0);

        _state.Phase.ShouldBe(RoundPhase.Closed);
    }

    [Fact]
    public void A_round_closes_without_lost_sites_when_it_has_its_quorum()
    {
        RoundMachine machine = new(new RoundRules { Quorum = 0.5, SiteNames = Names });
        RoundState state = machine.Next(_state, new RoundOpened(1, Rows, new Random(1)), Noon).State;
        RoundDecision lost = machine.Next(state, new SiteLost(1, 0), Noon);
        lost.Reason.ShouldBe("Round 1 can do without berlin, which is lost.");
        state = Answer(machine, lost.State, 1).State;
        state = Answer(machine, state, 2).State;
        state.Phase.ShouldBe(RoundPhase.Collecting);

        RoundDecision closed = Answer(machine, state, 3);

        closed.Reason.ShouldBe("Round 1 closes with 3 of 4 updates.");
        machine.Next(closed.State, new SiteReturned(1, 0), Noon).Accepted.ShouldBeFalse();
    }

    [Fact]
    public void A_refused_update_leaves_its_site_free_to_send_another()
    {
        Open();
        Tell(new UpdateReceived(1, 0, 10, 1));

        Tell(new UpdateRefused(1, 0, "One value is NaN.")).Reason.ShouldBe("berlin may send another update for round 1: One value is NaN.");
        Answered(0);

        _state.Sites[0].ShouldBe(SiteStanding.Folded);
    }

    private void Open() => Tell(new RoundOpened(1, Rows, new Random(1)));

    private void Answered(params int[] sites) => Array.ForEach(sites, site => _state = Answer(_machine, _state, site).State);

    private RoundDecision Tell(RoundEvent happened)
    {
        RoundDecision decision = _machine.Next(_state, happened, Noon);
        decision.Accepted.ShouldBeTrue(decision.Reason);
        _state = decision.State;
        return decision;
    }

    private static RoundDecision Answer(RoundMachine machine, RoundState state, int site) =>
        machine.Next(machine.Next(state, new UpdateReceived(1, site, Rows[site], 1), Noon).State, new UpdateFolded(1, site), Noon);
}
