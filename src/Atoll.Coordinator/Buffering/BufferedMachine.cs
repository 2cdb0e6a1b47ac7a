using System.Collections.Immutable;
using Atoll.Coordinator.Rounds;
using Atoll.Federation.Buffering;

namespace Atoll.Coordinator.Buffering;

/// <summary>
/// The decisions of a buffered arm (<see cref="FedBuff"/>), as a pure function: <c>(state, event, now) → (state, effects, reason)</c>. It sees indices and
/// counts, never a vector. A round is a buffer: it is under way from one change of the model to the next, and takes what comes in meanwhile, whichever round's
/// model that was trained from.
/// </summary>
public sealed class BufferedMachine(BufferedRules rules)
{
    public BufferedDecision Next(BufferedState state, BufferedEvent happened, DateTimeOffset now) => happened switch
    {
        TaskWanted e => Choose(state, e, now),
        TaskGiven e => Give(state, e, now),
        TaskAnswered e => Answer(state, e),
        TaskFolded e => Fold(state, e),
        TaskFailed e => Fail(state, e),
        BufferedSiteLost e => Lose(state, e),
        BufferedSiteReturned e => Return(state, e),
        BufferApplied => Apply(state),
        BufferFailed e => FailBuffer(state, e),
        _ => throw new ArgumentException($"A buffered arm knows no event {happened.GetType().Name}.", nameof(happened)),
    };

    /// <summary>Whether a task can be given.</summary>
    public bool HasRoom(BufferedState state) => state.Phase == BufferPhase.Collecting && Busy(state) < rules.Buffered.Concurrency && state.Count(BufferedStanding.Idle) > 0;

    /// <summary>Whether an update for the task that a site has could no longer count.</summary>
    public bool IsTooStale(BufferedState state, int site) => state.Sites[site] is { Task: > 0 } at && state.Round - at.Round > (rules.Buffered.MaximumStaleness ?? int.MaxValue);

    private BufferedDecision Choose(BufferedState state, TaskWanted e, DateTimeOffset now)
    {
        int busy = Busy(state);
        int[] idle = [.. Enumerable.Range(0, state.Sites.Length).Where(site => state.Sites[site].Standing == BufferedStanding.Idle)];
        if (state.Phase != BufferPhase.Collecting || busy >= rules.Buffered.Concurrency || idle.Length == 0)
        {
            return Refuse(state, state.Phase != BufferPhase.Collecting ? $"No task is given: {Standing(state)}."
                : busy >= rules.Buffered.Concurrency ? $"No task is given: {busy} sites train, as many as may at a time."
                : $"No task is given: of {state.Sites.Length} sites {busy} train, {state.Count(BufferedStanding.Lost)} are lost and {state.Count(BufferedStanding.Failed)} have failed in round {state.Round}.");
        }
        return Give(state, new(FedBuff.Next(idle, e.Random)), now);
    }

    private BufferedDecision Give(BufferedState state, TaskGiven e, DateTimeOffset now)
    {
        if (state.Sites.ElementAtOrDefault(e.Site) is not { } idle)
        {
            return Refuse(state, Unknown(state, e.Site));
        }
        if (idle.Standing != BufferedStanding.Idle || state.Phase is BufferPhase.Finished or BufferPhase.Failed)
        {
            return Refuse(state, $"{rules.NameOf(e.Site, begins: true)} gets no task: it must be idle, and {Standing(state)}.");
        }
        BufferedSite site = new() { Standing = BufferedStanding.Training, Task = state.Tasks + 1, Round = state.Round, Turns = idle.Turns + 1, Since = now };
        return Accept(state.With(e.Site, site) with { Tasks = site.Task }, $"{rules.NameOf(e.Site, begins: true)} gets task {site.Task}, from the model of round {state.Round}.",
            new SendTask(e.Site, site.Task, site.Turns, state.Round));
    }

    private BufferedDecision Answer(BufferedState state, TaskAnswered e)
    {
        if (Misfit(state, e.Site, e.Task, "update", BufferedStanding.Training, BufferedStanding.Lost) is { } misfit)
        {
            return Refuse(state, misfit);
        }
        if (state.Folding + state.Folded == rules.Buffered.Size)
        {
            return Refuse(state, $"{rules.NameOf(e.Site, begins: true)}'s update for task {e.Task} must wait: round {state.Round} has its {rules.Buffered.Size} updates, and the model is about to change.");
        }
        long weight = rules.Aggregation.Weight(e.Rows);
        if (UpdateTerms.Misfit(rules.NameOf(e.Site, begins: true), state.Round, e.Rows, state.Rows.Span[e.Site], e.EffectiveSteps, weight) is { } broken)
        {
            return Refuse(state, broken);
        }
        BufferedSite site = state.Sites[e.Site];
        int staleness = state.Round - site.Round;
        if (IsTooStale(state, e.Site))
        {
            return Refuse(state.With(e.Site, site.Without(BufferedStanding.Idle)),
                $"{rules.NameOf(e.Site, begins: true)}'s update for task {e.Task} is too stale for round {state.Round}: the model has changed {staleness} times since round {site.Round}, and may have {rules.Buffered.MaximumStaleness} times at most.");
        }
        return Accept(state.With(e.Site, site with { Standing = BufferedStanding.Folding }) with { Folding = state.Folding + 1 },
            $"{rules.NameOf(e.Site, begins: true)}'s update for task {e.Task} is taken in, with staleness {staleness}.",
            new FoldUpdate(e.Site, weight, rules.Aggregation.Normalizer(e.EffectiveSteps), rules.Buffered.Staleness.Divisor(staleness)));
    }

    private BufferedDecision Fold(BufferedState state, TaskFolded e)
    {
        if (Misfit(state, e.Site, e.Task, "update", BufferedStanding.Folding) is { } misfit)
        {
            return Refuse(state, misfit);
        }
        BufferedState folded = state.With(e.Site, state.Sites[e.Site].Without(BufferedStanding.Idle)) with { Folding = state.Folding - 1, Folded = state.Folded + 1 };
        return folded.Folded < rules.Buffered.Size
            ? Accept(folded, $"{rules.NameOf(e.Site, begins: true)}'s update for task {e.Task} is part of round {state.Round}: {folded.Folded} of {rules.Buffered.Size}.")
            : Accept(folded with { Phase = BufferPhase.Full }, $"Round {state.Round} closes with {folded.Folded} updates.", new ApplyAverage(1, 1));
    }

    private BufferedDecision Fail(BufferedState state, TaskFailed e)
    {
        if (Misfit(state, e.Site, e.Task, "failure", BufferedStanding.Training, BufferedStanding.Folding, BufferedStanding.Lost) is { } misfit)
        {
            return Refuse(state, misfit);
        }
        BufferedSite site = state.Sites[e.Site];
        // What would have been too stale to count is no failure of the site's.
        BufferedState without = state.With(e.Site, site.Without(IsTooStale(state, e.Site) ? BufferedStanding.Idle : BufferedStanding.Failed)) with { Folding = state.Folding - (site.Standing == BufferedStanding.Folding ? 1 : 0) };
        return without.Phase == BufferPhase.Collecting && without.Sites.All(s => s.Standing == BufferedStanding.Failed)
            ? Accept(without with { Phase = BufferPhase.Failed }, $"Round {state.Round} fails, as all {state.Sites.Length} sites have failed in it: {rules.NameOf(e.Site)} failed: {e.Why}", new DropAverage())
            : Accept(without, $"Round {state.Round} goes on without {rules.NameOf(e.Site)}: {e.Why}");
    }

    private BufferedDecision Lose(BufferedState state, BufferedSiteLost e)
    {
        BufferedSite? site = state.Sites.ElementAtOrDefault(e.Site);
        return site is null || site.Standing is BufferedStanding.Folding or BufferedStanding.Lost
            ? Refuse(state, site is null ? Unknown(state, e.Site) : $"{rules.NameOf(e.Site, begins: true)} cannot be lost: {(site.Standing == BufferedStanding.Lost ? "it is already" : "its update has come")}.")
            : Accept(state.With(e.Site, site with { Standing = BufferedStanding.Lost }), $"{rules.NameOf(e.Site, begins: true)} is lost{(site.Task > 0 ? $", with task {site.Task}" : "")}: {e.Why}");
    }

    private BufferedDecision Return(BufferedState state, BufferedSiteReturned e)
    {
        BufferedSite? site = state.Sites.ElementAtOrDefault(e.Site);
        return site?.Standing != BufferedStanding.Lost
            ? Refuse(state, site is null ? Unknown(state, e.Site) : $"{rules.NameOf(e.Site, begins: true)} cannot come back: it was not lost.")
            : Accept(state.With(e.Site, site with { Standing = site.Task > 0 ? BufferedStanding.Training : BufferedStanding.Idle }), $"{rules.NameOf(e.Site, begins: true)} is back{(site.Task > 0 ? $", and goes on with task {site.Task}" : "")}.");
    }

    private BufferedDecision Apply(BufferedState state)
    {
        if (state.Phase != BufferPhase.Full)
        {
            return Refuse(state, $"The model cannot change: {Standing(state)}.");
        }
        BufferedState next = state with
        {
            Completed = state.Completed + 1,
            Folded = 0,
            Sites = [.. state.Sites.Select(site => site.Standing == BufferedStanding.Failed ? site.Without(BufferedStanding.Idle) : site)],
        };
        return next.Completed < rules.Rounds
            ? Accept(next with { Phase = BufferPhase.Collecting }, $"Round {state.Round} has changed the model; round {next.Round} is under way.")
            : Accept(next with { Phase = BufferPhase.Finished }, $"Round {state.Round}, the last, has changed the model.");
    }

    private static BufferedDecision FailBuffer(BufferedState state, BufferFailed e) => state.Phase == BufferPhase.Full
        ? Accept(state with { Phase = BufferPhase.Failed }, $"Round {state.Round} fails: {e.Why}", new DropAverage())
        : Refuse(state, $"Round {state.Round} has no average to fail: {Standing(state)}.");

    private static int Busy(BufferedState state) => state.Count(BufferedStanding.Training) + state.Count(BufferedStanding.Folding);

    /// <summary>Why what a site sent does not answer a task that it has.</summary>
    private string? Misfit(BufferedState state, int site, int task, string what, params ReadOnlySpan<BufferedStanding> fitting) =>
        state.Sites.ElementAtOrDefault(site) is not { } known ? Unknown(state, site)
        : state.Phase is BufferPhase.Finished or BufferPhase.Failed ? $"{rules.NameOf(site, begins: true)}'s {what} for task {task} came too late: {Standing(state)}."
        : task < 1 || task > state.Tasks ? $"{rules.NameOf(site, begins: true)}'s {what} is for task {task}, which was never given."
        : known.Task != task ? $"{rules.NameOf(site, begins: true)}'s {what} is for task {task}, but {(known.Task == 0 ? "it has no task" : $"its task is {known.Task}")}: it has answered before, or task {task} was another's."
        : !fitting.Contains(known.Standing) ? $"{rules.NameOf(site, begins: true)} has already answered task {task}."
        : null;

    private static string Unknown(BufferedState state, int site) => $"There is no site {site}: there are {state.Sites.Length}.";

    private static string Standing(BufferedState state) => state.Phase switch
    {
        BufferPhase.Collecting => $"round {state.Round} has {state.Folded} updates so far",
        BufferPhase.Full => $"round {state.Round} has all its updates, and the model is about to change",
        BufferPhase.Finished => $"round {state.Completed} was the last",
        _ => $"round {state.Round} has failed",
    };

    private static BufferedDecision Accept(BufferedState state, string reason, params ImmutableArray<RoundEffect> effects) => new(state, true, effects, reason);

    private static BufferedDecision Refuse(BufferedState state, string reason) => new(state, false, [], reason);
}
