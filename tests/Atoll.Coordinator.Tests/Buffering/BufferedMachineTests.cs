using Atoll.Coordinator.Buffering;
using Atoll.Coordinator.Rounds;
using Atoll.Federation.Aggregation;

namespace Atoll.Coordinator.Tests.Buffering;

public sealed class BufferedMachineTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly BufferedMachine _machine = new(new BufferedRules
    {
        Buffered = new() { Size = 2, Concurrency = 2, MaximumStaleness = 1 },
        Aggregation = new FedAvg { Weights = UpdateWeights.Uniform },
        Rounds = 3,
    });

    private BufferedState _state = BufferedState.Before(new[] { 10, 20, 30 });

    [Fact]
    public void Only_so_many_sites_train_at_a_time()
    {
        SendTask first = Give(), second = Give();
        first.ShouldBe(new SendTask(first.Site, Task: 1, Turn: 1, Round: 1));
        second.Site.ShouldNotBe(first.Site);
        Next(new TaskWanted(new Random(1))).Reason.ShouldBe("No task is given: 2 sites train, as many as may at a time.");
        _state.Sites[first.Site].Since.ShouldBe(Now);
    }

    [Fact]
    public void The_same_draw_gives_the_same_site()
    {
        int site = Give().Site;
        _state = BufferedState.Before(new[] { 10, 20, 30 });
        Give().Site.ShouldBe(site);
    }

    [Fact]
    public void A_duplicate_is_refused()
    {
        SendTask task = Give();
        Answer(task).Accepted.ShouldBeTrue();
        Answer(task).Reason.ShouldBe($"Site {task.Site} has already answered task 1.");
        Folded(task);
        Answer(task).Reason.ShouldBe($"Site {task.Site}'s update is for task 1, but it has no task: it has answered before, or task 1 was another's.");
    }

    [Fact]
    public void An_update_for_a_task_that_was_never_given_is_refused()
    {
        Give();
        Next(new TaskAnswered(0, 7, 10, 1)).Reason.ShouldBe("Site 0's update is for task 7, which was never given.");
        Next(new TaskAnswered(9, 1, 10, 1)).Reason.ShouldBe("There is no site 9: there are 3.");
    }

    [Fact]
    public void What_must_hold_of_an_update_in_a_round_must_hold_here()
    {
        SendTask task = Give();
        int rows = Rows(task.Site);
        Next(new TaskAnswered(task.Site, 1, rows + 1, 1)).Reason.ShouldBe($"Site {task.Site}'s update in round 1 must be from the {rows} rows it joined with (was {rows + 1}).");
        Next(new TaskAnswered(task.Site, 1, rows, 0)).Accepted.ShouldBeFalse();
        Answer(task).Accepted.ShouldBeTrue(); // what was refused leaves the task open
    }

    [Fact]
    public void Too_stale_an_update_does_not_count_but_frees_its_site()
    {
        SendTask slow = Give();
        for (int round = 1; round <= 2; round++)
        {
            for (int i = 0; i < 2; i++)
            {
                Folded(Taken(Give()));
            }
            Next(new BufferApplied()).Accepted.ShouldBeTrue();
        }
        BufferedDecision late = Answer(slow);
        late.Accepted.ShouldBeFalse();
        late.Effects.ShouldBeEmpty();
        late.Reason.ShouldBe($"Site {slow.Site}'s update for task 1 is too stale for round 3: the model has changed 2 times since round 1, and may have 1 times at most.");
        _state.Sites[slow.Site].ShouldBe(new BufferedSite { Turns = 1 });
    }

    [Fact]
    public void A_task_that_fails_when_its_update_would_have_been_too_stale_is_no_failure_of_its_site()
    {
        SendTask slow = Give();
        for (int i = 0; i < 4; i++)
        {
            _ = _state.Phase == BufferPhase.Full ? Next(new BufferApplied()) : null;
            Folded(Taken(Give()));
        }
        Next(new BufferApplied());

        Next(new TaskFailed(slow.Site, slow.Task, "Too late.")).Accepted.ShouldBeTrue();
        _state.Sites[slow.Site].Standing.ShouldBe(BufferedStanding.Idle);

        SendTask next = Give();
        Next(new TaskFailed(next.Site, next.Task, "Its disk is full."));
        _state.Sites[next.Site].Standing.ShouldBe(BufferedStanding.Failed);
    }

    [Fact]
    public void A_task_that_a_record_has_is_given_again_without_a_draw()
    {
        SendTask first = Give();
        BufferedState drawn = _state;
        _state = BufferedState.Before(new[] { 10, 20, 30 });

        Next(new TaskGiven(first.Site)).Effects.Single().ShouldBe(first);

        _state.Sites.ShouldBe(drawn.Sites);
        _state.Tasks.ShouldBe(1);
        Next(new TaskGiven(first.Site)).Reason.ShouldBe($"Site {first.Site} gets no task: it must be idle, and round 1 has 0 updates so far.");
        Next(new TaskGiven(9)).Accepted.ShouldBeFalse();
    }

    [Fact]
    public void There_is_room_where_a_task_can_be_given()
    {
        _machine.HasRoom(_state).ShouldBeTrue();
        SendTask first = Give();
        _machine.HasRoom(_state).ShouldBeTrue();
        Give();
        _machine.HasRoom(_state).ShouldBeFalse();
        Folded(Taken(first));
        _machine.HasRoom(_state).ShouldBeTrue();
    }

    [Fact]
    public void A_full_buffer_comes_before_everything_else()
    {
        SendTask first = Give(), second = Give();
        Folded(Taken(first));
        SendTask third = Give();
        Folded(Taken(second)).Effects.Single().ShouldBe(new ApplyAverage(1, 1));
        _state.Phase.ShouldBe(BufferPhase.Full);
        Answer(third).Reason.ShouldBe($"Site {third.Site}'s update for task 3 must wait: round 1 has its 2 updates, and the model is about to change.");
        Next(new TaskWanted(new Random(1))).Reason.ShouldBe("No task is given: round 1 has all its updates, and the model is about to change.");

        Next(new BufferApplied()).Reason.ShouldBe("Round 1 has changed the model; round 2 is under way.");
        Answer(third).Effects.Single().ShouldBe(new FoldUpdate(third.Site, 1, 1, Divisor: MathF.Sqrt(2)));
    }

    [Fact]
    public void A_site_that_is_lost_makes_room_and_goes_on_with_its_task_when_it_is_back()
    {
        SendTask first = Give(), second = Give();
        Next(new BufferedSiteLost(first.Site, "Nothing was heard of it for 60 s.")).Reason.ShouldBe($"Site {first.Site} is lost, with task 1: Nothing was heard of it for 60 s.");
        SendTask third = Give();
        third.Site.ShouldNotBe(second.Site);
        third.Site.ShouldNotBe(first.Site);
        Next(new TaskWanted(new Random(1))).Accepted.ShouldBeFalse();

        Next(new BufferedSiteReturned(first.Site)).Reason.ShouldBe($"Site {first.Site} is back, and goes on with task 1.");
        Next(new BufferedSiteReturned(first.Site)).Reason.ShouldBe($"Site {first.Site} cannot come back: it was not lost.");
        Answer(first).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void An_update_of_a_site_thought_lost_counts()
    {
        SendTask task = Give();
        Next(new BufferedSiteLost(task.Site, "No word."));
        Next(new BufferedSiteLost(task.Site, "No word.")).Reason.ShouldBe($"Site {task.Site} cannot be lost: it is already.");
        Folded(Taken(task)).Accepted.ShouldBeTrue();
        _state.Sites[task.Site].Standing.ShouldBe(BufferedStanding.Idle);
    }

    [Fact]
    public void The_last_round_ends_it()
    {
        for (int round = 1; round <= 3; round++)
        {
            Folded(Taken(Give()));
            Folded(Taken(Give()));
            Next(new BufferApplied());
        }
        _state.Phase.ShouldBe(BufferPhase.Finished);
        Next(new TaskWanted(new Random(1))).Reason.ShouldBe("No task is given: round 3 was the last.");
        Next(new BufferApplied()).Reason.ShouldBe("The model cannot change: round 3 was the last.");
    }

    private SendTask Give() => Next(new TaskWanted(new Random(7 + _state.Tasks))).Effects.Single().ShouldBeOfType<SendTask>();

    private BufferedDecision Answer(SendTask task) => Next(new TaskAnswered(task.Site, task.Task, Rows(task.Site), 1));

    private SendTask Taken(SendTask task)
    {
        Answer(task).Accepted.ShouldBeTrue();
        return task;
    }

    private BufferedDecision Folded(SendTask task)
    {
        if (_state.Sites[task.Site].Standing != BufferedStanding.Folding)
        {
            Taken(task);
        }
        return Next(new TaskFolded(task.Site, task.Task));
    }

    private int Rows(int site) => _state.Rows.Span[site];

    private BufferedDecision Next(BufferedEvent happened)
    {
        BufferedDecision decision = _machine.Next(_state, happened, Now);
        _state = decision.State;
        return decision;
    }
}
