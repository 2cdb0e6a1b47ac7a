using System.Collections.Immutable;
using Atoll.Coordinator.Buffering;
using Atoll.Coordinator.Live.Machine;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments;
using Atoll.Learning.Randomness;
using Atoll.Ledger;

namespace Atoll.Coordinator.Live.Record;

/// <summary>A buffered arm's decisions, as the ledger has them: what <see cref="BufferedMachine"/> makes of its entries, one after the other.</summary>
/// <remarks>Sites are places among the participants to the machine, and indices of the experiment everywhere else.</remarks>
internal sealed class BufferRecord
{
    private readonly BufferedRules _rules;
    private readonly BufferedMachine _machine;
    private readonly ImmutableArray<int> _participants;

    /// <param name="participants">Ascending.</param>
    public BufferRecord(string name, FederatedArm arm, IReadOnlyList<SiteRecord> participants)
    {
        _rules = new() { Buffered = arm.Buffered!, Aggregation = arm.Aggregation, Rounds = arm.Rounds, SiteNames = [.. participants.Select(site => site.Name)] };
        (_machine, _participants) = (new BufferedMachine(_rules), [.. participants.Select(site => site.Index)]);
        State = BufferedState.Before(participants.Select(site => site.Prepared![name].TrainRows).ToArray());
        foreach (SiteRecord lost in participants.Where(site => site.IsLost))
        {
            Lose(lost.Index);
        }
    }

    public BufferedState State { get; private set; }

    /// <summary>How many updates change the model.</summary>
    public int Size => _rules.Buffered.Size;

    /// <summary>Why the round under way cannot change the model; null where it can.</summary>
    public string? Failure { get; private set; }

    /// <summary>How far the round is, as those see it who know rounds only.</summary>
    public RoundMoved Moved() => new(new RoundState
    {
        Round = State.Round,
        Phase = State.Phase switch { BufferPhase.Collecting => RoundPhase.Collecting, BufferPhase.Failed => RoundPhase.Failed, _ => RoundPhase.Closed },
        Target = Size,
        Folded = State.Folded,
        Awaited = State.Count(BufferedStanding.Training),
        Lost = State.Count(BufferedStanding.Lost),
        Sites = Enumerable.Range(0, State.Sites.Length).Where(place => State.Sites[place].Standing is BufferedStanding.Training or BufferedStanding.Lost)
            .ToImmutableDictionary(place => place, place => State.Sites[place].Standing == BufferedStanding.Lost ? SiteStanding.Lost : SiteStanding.Awaited),
    }, _machine.HasRoom(State));

    /// <summary>The tasks that can be given now, with the indices of their sites.</summary>
    public IReadOnlyList<SendTask> Wanted(ulong seed, DateTimeOffset now)
    {
        List<SendTask> tasks = [];
        BufferedState state = State;
        while (_machine.HasRoom(state))
        {
            BufferedDecision given = _machine.Next(state, new TaskWanted(new Philox(seed, Purpose.Selection, round: state.Tasks + 1)), now);
            SendTask task = given.Effects.OfType<SendTask>().Single();
            tasks.Add(task with { Site = _participants[task.Site] });
            state = given.State;
        }
        return tasks;
    }

    /// <summary>What becomes of an update if it comes now.</summary>
    public BufferedDecision Foresee(TaskRecord task, int rows, double effectiveSteps) =>
        _machine.Next(State, new TaskAnswered(PlaceOf(task.Site), task.Number, rows, effectiveSteps), default);

    public bool IsTooStale(TaskRecord task) => _machine.IsTooStale(State, PlaceOf(task.Site));

    public SendTask Give(int site, DateTimeOffset now) => Must(new TaskGiven(PlaceOf(site)), now).Effects.OfType<SendTask>().Single();

    /// <summary>An update counts.</summary>
    /// <returns>How it is added to the others.</returns>
    public FoldUpdate Receive(TaskRecord task, int rows, double effectiveSteps)
    {
        int place = PlaceOf(task.Site);
        BufferedDecision received = Must(new TaskAnswered(place, task.Number, rows, effectiveSteps));
        Must(new Buffering.TaskFolded(place, task.Number));
        return received.Effects.OfType<FoldUpdate>().Single();
    }

    public void Apply() => Must(new BufferApplied());

    /// <summary>The round was given up, and the arm with it.</summary>
    public void Abandon(string why) => May(new BufferFailed(why));

    // What follows may concern an arm that is over, or a site whose update told more of it than its silence did.
    public void Fail(TaskRecord task, string why) => May(new Buffering.TaskFailed(PlaceOf(task.Site), task.Number, why));

    public void Lose(int site) => MayAt(site, place => new BufferedSiteLost(place, "It gives no sign of life."));

    public void Return(int site) => MayAt(site, place => new BufferedSiteReturned(place));

    private int PlaceOf(int site) => _participants.BinarySearch(site);

    private void MayAt(int site, Func<int, BufferedEvent> happened)
    {
        if (PlaceOf(site) is >= 0 and var place)
        {
            May(happened(place));
        }
    }

    private void May(BufferedEvent happened)
    {
        BufferedDecision decision = _machine.Next(State, happened, default);
        State = decision.State;
        Failure = decision.Effects is [DropAverage] ? decision.Reason : Failure;
    }

    private BufferedDecision Must(BufferedEvent happened, DateTimeOffset now = default)
    {
        BufferedDecision decision = _machine.Next(State, happened, now);
        State = decision.Accepted ? decision.State : throw new LedgerException($"The ledger's tasks and updates must be those of a buffered arm, but one does not fit: {decision.Reason}");
        return decision;
    }
}
