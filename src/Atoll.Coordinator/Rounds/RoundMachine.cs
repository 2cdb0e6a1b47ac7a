using System.Collections.Immutable;
using Atoll.Federation.Selection;

namespace Atoll.Coordinator.Rounds;

/// <summary>
/// A round's decisions, as a pure function: <c>(state, event, now) → (state, effects, reason)</c>. Selecting, collecting, closed or failed.
/// It sees indices and counts, never a vector; who carries out the effects, and over which transport, is not its business.
/// </summary>
public sealed class RoundMachine(RoundRules rules)
{
    public RoundDecision Next(RoundState state, RoundEvent happened, DateTimeOffset now) => happened switch
    {
        RoundOpened e => Open(state, e, now),
        UpdateReceived e => Receive(state, e),
        UpdateFolded e => Fold(state, e),
        UpdateRefused e => Refuse(state, e),
        UpdateFailed e => Fail(state, e),
        SiteLost e => Lose(state, e),
        SiteReturned e => Return(state, e),
        DeadlinePassed e => PassDeadline(state, e),
        AverageFailed e => FailAverage(state, e),
        _ => throw new ArgumentException($"A round knows no event {happened.GetType().Name}.", nameof(happened)),
    };

    private RoundDecision Open(RoundState state, RoundOpened e, DateTimeOffset now)
    {
        int next = state.Phase == RoundPhase.Closed ? state.Round + 1 : state.Round;
        if (state.Phase == RoundPhase.Collecting || e.Round != next)
        {
            return Refuse(state, state.Phase == RoundPhase.Collecting
                ? $"Round {e.Round} cannot begin while round {state.Round} is collecting updates."
                : $"Round {e.Round} cannot begin: round {next} is the next.");
        }

        int needed = 0;
        ISelection selection = rules.OverSelection > 1 ? rules.Selection.Enlarged(rules.OverSelection, e.Rows.Length, out needed) : rules.Selection;
        int[] chosen = selection.Select(e.Rows.Span, e.Random);
        if (chosen.Length == 0)
        {
            return Refuse(state, $"Round {e.Round} cannot begin: no site was chosen from {e.Rows.Length}.");
        }
        RoundState opened = new()
        {
            Round = e.Round,
            Phase = RoundPhase.Collecting,
            Sites = chosen.ToImmutableDictionary(site => site, _ => SiteStanding.Awaited),
            Target = rules.OverSelection > 1 ? needed : chosen.Length,
            Rows = e.Rows,
            Deadline = now + rules.Deadline,
            Awaited = chosen.Length,
        };
        string enough = opened.Target < chosen.Length ? $" and needs {opened.Target} updates" : "";
        return Accept(opened, $"Round {e.Round} asks {chosen.Length} of {e.Rows.Length} sites{enough}.", new SendTasks([.. chosen]));
    }

    private RoundDecision Receive(RoundState state, UpdateReceived e)
    {
        if (Misfit(state, e.Round, e.Site, "update") is { } misfit)
        {
            return Refuse(state, misfit);
        }
        if (state.Sites[e.Site] is not (SiteStanding.Awaited or SiteStanding.Lost))
        {
            return Refuse(state, $"{rules.NameOf(e.Site, begins: true)} has already answered in round {e.Round}.");
        }
        if (state.Folded >= state.Target)
        {
            return Refuse(state, $"{rules.NameOf(e.Site, begins: true)}'s update came when round {e.Round} had the {state.Target} that it needs.");
        }
        long weight = rules.Aggregation.Weight(e.Rows);
        if (UpdateTerms.Misfit(rules.NameOf(e.Site, begins: true), e.Round, e.Rows, state.Rows.Span[e.Site], e.EffectiveSteps, weight) is { } broken)
        {
            return Refuse(state, broken);
        }
        return Accept(state.With(e.Site, SiteStanding.Folding), $"{rules.NameOf(e.Site, begins: true)}'s update for round {e.Round} is taken in.",
            new FoldUpdate(e.Site, weight, rules.Aggregation.Normalizer(e.EffectiveSteps)));
    }

    private RoundDecision Fold(RoundState state, UpdateFolded e)
    {
        if (Misfit(state, e.Round, e.Site, "update") is { } misfit)
        {
            return Refuse(state, misfit);
        }
        if (state.Sites[e.Site] != SiteStanding.Folding)
        {
            return Refuse(state, $"{rules.NameOf(e.Site, begins: true)}'s update for round {e.Round} was not being added.");
        }
        RoundState folded = state.With(e.Site, SiteStanding.Folded);
        return CloseWhenComplete(folded) ?? Accept(folded, $"{rules.NameOf(e.Site, begins: true)}'s update is part of round {e.Round}: {folded.Folded} of {folded.Sites.Count}.");
    }

    private RoundDecision Refuse(RoundState state, UpdateRefused e) =>
        Misfit(state, e.Round, e.Site, "update") is { } misfit ? Refuse(state, misfit)
        : state.Sites[e.Site] != SiteStanding.Folding ? Refuse(state, $"{rules.NameOf(e.Site, begins: true)}'s update for round {e.Round} was not being added.")
        : CloseWhenComplete(state.With(e.Site, SiteStanding.Awaited))
            ?? Accept(state.With(e.Site, SiteStanding.Awaited), $"{rules.NameOf(e.Site, begins: true)} may send another update for round {e.Round}: {e.Why}");

    private RoundDecision Lose(RoundState state, SiteLost e)
    {
        if (Misfit(state, e.Round, e.Site, "loss") is { } misfit)
        {
            return Refuse(state, misfit);
        }
        if (state.Sites[e.Site] != SiteStanding.Awaited)
        {
            return Refuse(state, $"{rules.NameOf(e.Site, begins: true)} is not awaited in round {e.Round}.");
        }
        RoundState without = state.With(e.Site, SiteStanding.Lost);
        int needed = rules.UpdatesNeeded(state);
        return CloseWhenComplete(without) ?? Accept(without, without.Awaited + without.Folding + without.Folded >= needed
            ? $"Round {e.Round} can do without {rules.NameOf(e.Site)}, which is lost."
            : $"Round {e.Round} waits for {rules.NameOf(e.Site)} to come back: it needs {needed} updates.");
    }

    private RoundDecision Return(RoundState state, SiteReturned e) =>
        Misfit(state, e.Round, e.Site, "return") is { } misfit ? Refuse(state, misfit)
        : state.Sites[e.Site] != SiteStanding.Lost ? Refuse(state, $"{rules.NameOf(e.Site, begins: true)} was not lost in round {e.Round}.")
        : Accept(state.With(e.Site, SiteStanding.Awaited), $"{rules.NameOf(e.Site, begins: true)} is back in round {e.Round}.");

    private RoundDecision Fail(RoundState state, UpdateFailed e)
    {
        if (Misfit(state, e.Round, e.Site, "failure") is { } misfit)
        {
            return Refuse(state, misfit);
        }
        if (state.Sites[e.Site] is not (SiteStanding.Awaited or SiteStanding.Lost or SiteStanding.Folding))
        {
            return Refuse(state, $"{rules.NameOf(e.Site, begins: true)} has already answered in round {e.Round}.");
        }
        RoundState without = state.With(e.Site, SiteStanding.Failed);
        return FailWithoutQuorum(without, $"{rules.NameOf(e.Site)} failed: {e.Why}")
            ?? CloseWhenComplete(without)
            ?? Accept(without, $"Round {e.Round} goes on without {rules.NameOf(e.Site)}: {e.Why}");
    }

    private RoundDecision PassDeadline(RoundState state, DeadlinePassed e)
    {
        if (e.Round != state.Round || state.Phase != RoundPhase.Collecting)
        {
            return Refuse(state, $"Round {e.Round}'s deadline no longer matters: {Standing(state)}.");
        }
        RoundState overdue = state;
        foreach ((int site, SiteStanding standing) in state.Sites)
        {
            overdue = standing is SiteStanding.Awaited or SiteStanding.Lost ? overdue.With(site, SiteStanding.Missed) : overdue;
        }
        return FailWithoutQuorum(overdue, $"{state.Awaited + state.Lost} of {state.Sites.Count} sites had not answered by the deadline.")
            ?? CloseWhenComplete(overdue)
            ?? Accept(overdue, $"Round {e.Round} waits for no more sites, only for {overdue.Folding} updates that came in time.");
    }

    private static RoundDecision FailAverage(RoundState state, AverageFailed e) =>
        e.Round == state.Round && state.Phase == RoundPhase.Closed
            ? Accept(state with { Phase = RoundPhase.Failed }, $"Round {e.Round} fails: {e.Why}", new DropAverage())
            : Refuse(state, $"Round {e.Round} has no average to fail: {Standing(state)}.");

    /// <summary>Closes a round that waits for nothing more: it has all that it is for, or all that can come while its lost sites stay away.</summary>
    private RoundDecision? CloseWhenComplete(RoundState state)
    {
        bool isFull = state.Folded >= state.Target;
        if (state.Folding > 0 || (!isFull && (state.Awaited > 0 || (state.Lost > 0 && state.Folded < rules.UpdatesNeeded(state)))))
        {
            return null;
        }
        foreach ((int site, SiteStanding standing) in state.Sites)
        {
            state = standing is SiteStanding.Awaited or SiteStanding.Lost ? state.With(site, SiteStanding.Missed) : state;
        }
        long weight = 0, all = 0;
        for (int site = 0; site < state.Rows.Length; site++)
        {
            long own = rules.Aggregation.Weight(state.Rows.Span[site]);
            all += own;
            weight += state.Sites.TryGetValue(site, out SiteStanding standing) && standing == SiteStanding.Folded ? own : 0;
        }
        return Accept(state with { Phase = RoundPhase.Closed }, $"Round {state.Round} closes with {state.Folded} of {state.Sites.Count} updates.",
            new ApplyAverage((double)state.Folded / state.Rows.Length, (double)weight / all));
    }

    /// <summary>Gives a round up that can no longer get the updates it needs.</summary>
    private RoundDecision? FailWithoutQuorum(RoundState state, string why)
    {
        int needed = rules.UpdatesNeeded(state), possible = state.Awaited + state.Lost + state.Folding + state.Folded;
        return possible >= needed ? null : Accept(state with { Phase = RoundPhase.Failed },
            $"Round {state.Round} fails, as it needs {needed} updates and can get {possible}: {why}", new DropAverage());
    }

    /// <summary>Why what a site sent does not belong to the round that is collecting.</summary>
    private string? Misfit(RoundState state, int round, int site, string what) =>
        round != state.Round || state.Phase != RoundPhase.Collecting ? $"{rules.NameOf(site, begins: true)}'s {what} is for round {round}, but {Standing(state)}."
        : !state.Sites.TryGetValue(site, out SiteStanding standing) ? $"{rules.NameOf(site, begins: true)} was not asked to take part in round {round}."
        : standing == SiteStanding.Missed ? $"{rules.NameOf(site, begins: true)}'s {what} came after round {round}'s deadline."
        : null;

    private static string Standing(RoundState state) => state.Phase switch
    {
        RoundPhase.Selecting => $"round {state.Round} has not begun",
        RoundPhase.Collecting => $"round {state.Round} is under way",
        RoundPhase.Closed => $"round {state.Round} has closed",
        _ => $"round {state.Round} has failed",
    };

    private static RoundDecision Accept(RoundState state, string reason, params ImmutableArray<RoundEffect> effects) => new(state, true, effects, reason);

    private static RoundDecision Refuse(RoundState state, string reason) => new(state, false, [], reason);
}
