using System.Collections.Immutable;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments.Protocol;

namespace Atoll.Coordinator.Live.Machine;

/// <summary>
/// A live run's decisions, as a pure function: <c>(state, event, now) → (state, effects, reason)</c>. Enrolling, preparing, arm after arm with their rounds and last
/// evaluation, the end; and which sites count as lost. What happens within a round is <see cref="RoundMachine"/>'s.
/// </summary>
public sealed class RunMachine(RunRules rules)
{
    private const int MostNames = 5; // in a sentence

    public RunDecision Next(RunState state, RunEvent happened, DateTimeOffset now)
    {
        RunState next = state.IsOver ? state : Take(state, happened, now);
        ImmutableArray<DateTimeOffset?> seen = (happened as TimePassed)?.Seen ?? [];
        List<RunEffect> effects = [];
        DateTimeOffset? wake = null;
        if (!next.IsOver)
        {
            effects.AddRange(Comings(next, seen, now, ref wake));
            (RunEffect? due, string reason, DateTimeOffset? until) = Due(next, now);
            next = next with { Reason = reason };
            if (due is not null)
            {
                effects.Add(due);
            }
            wake = Earlier(wake, until);
        }
        return new(next, [.. effects], next.Reason, wake);
    }

    private RunState Take(RunState state, RunEvent happened, DateTimeOffset now) => happened switch
    {
        SiteJoined e => state.With(e.Site, site => site with { Enrolled = true }),
        EnrolmentOver => state with { Phase = RunPhase.Preparing, PreparingSince = now },
        SiteReady e => state.With(e.Site, site => site with { Prepared = true }),
        TrainingBegan e => state with { Phase = RunPhase.Training, Participants = [.. e.Sites.Order()] },
        RoundBegan e => state with { Open = e.Round, OpenedAt = now, Round = null, HasRoom = false },
        RoundMoved e => state.Open == e.Round.Round ? state with { Round = e.Round, HasRoom = e.HasRoom } : state,
        RoundDone e => EndRound(state, e, now),
        RoundGivenUp e => state with { Open = null, Round = null, Stopped = e.Why },
        SiteEvaluated e => state with { Evaluating = state.Evaluating.Remove(e.Site) },
        ArmOver => state with { Phase = RunPhase.Training, Arm = state.Arm + 1, Completed = 0, Stopped = null, Evaluating = [] },
        RunOver e => state with { Phase = e.Finished ? RunPhase.Finished : RunPhase.Aborted, Open = null, Round = null, Reason = e.Reason },
        SiteGone e => state.With(e.Site, site => site with { Lost = true }),
        SiteBack e => state.With(e.Site, site => site with { Lost = false }),
        TimePassed => state,
        _ => throw new ArgumentException($"A run knows no event {happened.GetType().Name}.", nameof(happened)),
    };

    private RunState EndRound(RunState state, RoundDone e, DateTimeOffset now)
    {
        RunState done = state with { Open = null, Round = null, Completed = e.Round };
        return e.Round < rules.Arms[state.Arm].Rounds ? done : done with { Phase = RunPhase.Evaluating, Evaluating = [.. e.Evaluators], EvaluatingSince = now };
    }

    /// <summary>Who went silent, and who is back.</summary>
    private List<RunEffect> Comings(RunState state, ImmutableArray<DateTimeOffset?> seen, DateTimeOffset now, ref DateTimeOffset? wake)
    {
        List<RunEffect> effects = [];
        for (int site = 0; site < seen.Length; site++)
        {
            if (!state.Sites[site].Enrolled || seen[site] is not { } last)
            {
                continue;
            }
            bool isSilent = now - last >= rules.Stall;
            if (isSilent && !state.Sites[site].Lost)
            {
                effects.Add(new RecordLoss(site, $"No sign of life for {Text(rules.Stall)}."));
            }
            else if (!isSilent && state.Sites[site].Lost)
            {
                effects.Add(new RecordReturn(site));
            }
            else if (!isSilent)
            {
                wake = Earlier(wake, last + rules.Stall);
            }
        }
        return effects;
    }

    private (RunEffect? Due, string Reason, DateTimeOffset? Wake) Due(RunState state, DateTimeOffset now) => state.Phase switch
    {
        RunPhase.Enrolling => Enrol(state, now),
        RunPhase.Preparing => Prepare(state, now),
        RunPhase.Evaluating => Evaluate(state, now),
        _ when state.Arm >= rules.Arms.Count => (new EndRun(), "Every arm is done.", null),
        _ when state.Open is { } round => Collect(state, round, now),
        _ when state.Stopped is { } why => (new EndArm(state.Arm, why), $"{Arm(state).Name} stops: {why}", null),
        _ => (new OpenRound(state.Arm, state.Completed + 1), $"{Arm(state).Name}: round {state.Completed + 1} of {Arm(state).Rounds} begins.", null),
    };

    private (RunEffect?, string, DateTimeOffset?) Enrol(RunState state, DateTimeOffset now)
    {
        int[] enrolled = Where(state, site => site.Enrolled), missing = Where(state, site => !site.Enrolled);
        if (missing.Length == 0)
        {
            return (new CloseEnrolment(), $"All {enrolled.Length} sites have enrolled.", null);
        }
        DateTimeOffset? deadline = state.Since + rules.EnrolmentDeadline;
        if (!(now >= deadline))
        {
            return (null, $"{enrolled.Length} of {rules.Sites.Count} sites have enrolled: waiting for {Names(missing)}.", deadline);
        }
        return enrolled.Length >= rules.MinimumSites
            ? (new CloseEnrolment(), $"Enrolment is over with {enrolled.Length} of {rules.Sites.Count} sites.", null)
            : (null, $"The enrolment deadline is over, but {enrolled.Length} of the {rules.MinimumSites} sites that are needed have enrolled: waiting for more of {Names(missing)}.", null);
    }

    private (RunEffect?, string, DateTimeOffset?) Prepare(RunState state, DateTimeOffset now)
    {
        int[] ready = Where(state, site => site.Prepared), waiting = Where(state, site => site.Enrolled && !site.Prepared);
        if (waiting.Length == 0)
        {
            return (new BeginTraining([.. ready]), $"All {ready.Length} sites have prepared their rows.", null);
        }
        // Whoever is there has as long as the enrolment had, and whoever is lost until that was to be over.
        DateTimeOffset? deadline = state.Since + rules.EnrolmentDeadline, last = state.PreparingSince + rules.EnrolmentDeadline;
        bool canDoWithout = (now >= last || (now >= deadline && waiting.All(site => state.Sites[site].Lost))) && ready.Length >= rules.MinimumSites;
        return canDoWithout ? (new BeginTraining([.. ready]), $"Training begins without {Names(waiting, state)}: not prepared in time.", null)
            : (null, $"{ready.Length} of {ready.Length + waiting.Length} sites have prepared their rows: waiting for {Names(waiting, state)}.", now < deadline ? deadline : now < last ? last : null);
    }

    private (RunEffect?, string, DateTimeOffset?) Collect(RunState state, int number, DateTimeOffset now)
    {
        string what = $"{Arm(state).Name}: round {number} of {Arm(state).Rounds}";
        if (state.Round is not { } round)
        {
            return (null, $"{what} is taken up.", null);
        }
        if (round.Phase is RoundPhase.Closed or RoundPhase.Failed)
        {
            return (new CloseRound(number), $"{what} closes with {round.Folded} of {round.Target} updates.", null);
        }
        if (state.HasRoom)
        {
            return (new GiveTasks(number), $"{what} has {round.Folded} of {round.Target} updates, and sites begin tasks.", null);
        }
        int needed = rules.UpdatesNeeded(round), inTime = round.Folded + round.Folding;
        DateTimeOffset? deadline = Arm(state).IsBuffered ? null : state.OpenedAt + rules.RoundDeadline;
        if (now >= deadline && inTime >= needed)
        {
            return (new EndRoundByDeadline(number), $"{what} is over by its deadline with {inTime} of {round.Target} updates.", null);
        }
        string waiting = Names(Awaited(state, round), state, round.Awaited + round.Lost);
        return now >= deadline ? (null, $"{what} is past its deadline, but needs {needed} updates and has {inTime}: waiting for {waiting}.", null)
            : (null, $"{what} has {inTime} of {round.Target} updates{(waiting.Length > 0 ? $": waiting for {waiting}" : ", and adds them up")}.", deadline);
    }

    private (RunEffect?, string, DateTimeOffset?) Evaluate(RunState state, DateTimeOffset now)
    {
        int[] waiting = [.. state.Evaluating.Where(site => !state.Sites[site].Lost).Order()];
        DateTimeOffset? deadline = state.EvaluatingSince + rules.RoundDeadline;
        return waiting.Length == 0 || now >= deadline
            ? (new EndArm(state.Arm, null), $"{Arm(state).Name} is done.", null)
            : (null, $"{Arm(state).Name}: the last model is evaluated: waiting for {Names(waiting)}.", deadline);
    }

    /// <summary>Sites whose updates are still to come: as many as a sentence names.</summary>
    private static int[] Awaited(RunState state, RoundState round) => [.. state.Participants
        .Where((_, place) => round.Sites.TryGetValue(place, out SiteStanding standing) && standing is SiteStanding.Awaited or SiteStanding.Lost).Take(MostNames)];

    private ArmRules Arm(RunState state) => rules.Arms[state.Arm];

    private static int[] Where(RunState state, Func<RunSite, bool> has) => [.. Enumerable.Range(0, state.Sites.Length).Where(site => has(state.Sites[site]))];

    /// <param name="count">How many there are, where only the first are given.</param>
    private string Names(int[] sites, RunState? state = null, int count = 0)
    {
        count = Math.Max(count, sites.Length);
        string[] names = [.. sites.Take(MostNames).Select(site => rules.Sites[site] + (state?.Sites[site].Lost == true ? " (lost)" : "")), .. count > MostNames ? [$"{count - MostNames} more"] : Array.Empty<string>()];
        return names.Length < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} and {names[^1]}";
    }

    private static string Text(TimeSpan time) => time.TotalSeconds < 120 ? $"{time.TotalSeconds:0.###} s" : $"{time.TotalMinutes:0.#} min";

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;
}
