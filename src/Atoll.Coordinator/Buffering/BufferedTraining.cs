using Atoll.Coordinator.Models;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments.Protocol;
using Atoll.Federation.Aggregation;

namespace Atoll.Coordinator.Buffering;

/// <summary>
/// Runs a buffered arm: asks <see cref="BufferedMachine"/> what to do with each event and does it to a <see cref="GlobalModel"/>. Whoever owns the transport calls
/// <see cref="Give"/> while it gets tasks from it, <see cref="Offer"/> or <see cref="Fail"/> for what comes back, and <see cref="Apply"/> when the buffer is full.
/// </summary>
/// <remarks>
/// <see cref="Offer"/>, <see cref="Fail"/> and <see cref="Decide"/> may be called from many threads at once, each with a partial aggregate of its own; the others by one thread while
/// nobody else calls.
/// </remarks>
/// <param name="rows">Training rows of every site, by index.</param>
public sealed class BufferedTraining(BufferedRules rules, GlobalModel model, ReadOnlyMemory<int> rows, TimeProvider time)
{
    private readonly BufferedMachine _machine = new(rules);
    private readonly PartialAggregate[] _buffer = [model.NewPartial()];
    private readonly Lock _gate = new();
    private string? _failure;

    public BufferedState State { get; private set; } = BufferedState.Before(rows) with { Completed = model.Rounds };

    public GlobalModel Model => model;

    /// <summary>Chooses who gets the next task, which begins from the model as it is now.</summary>
    /// <param name="random">Seeded for the task (<c>Purpose.Selection</c>, with its number, <c>State.Tasks + 1</c>, as the round).</param>
    /// <returns>Null where none is to be given now.</returns>
    public SendTask? Give(Random random) => Decide(new TaskWanted(random)).Effects is [SendTask task] ? task : null;

    /// <summary>What is sent to a site for its task, with the local work that the caller gives it.</summary>
    /// <param name="weights">Of the model that the task begins from.</param>
    public static RoundTask NewTask(SendTask task, float[] weights, int? localEpochs, int? localSteps, float learningRateFactor = 1)
    {
        Require.That(localEpochs is null != localSteps is null, $"A task needs either local epochs or local steps, but got {(localSteps is null ? "neither" : "both")}.");
        return new RoundTask
        {
            Round = task.Round,
            Turn = task.Turn,
            Weights = weights,
            LocalEpochs = localEpochs,
            LocalSteps = localSteps,
            LearningRateFactor = learningRateFactor,
        };
    }

    /// <summary>Takes a site's update into the buffer, or says why not. On return nothing refers to its vectors.</summary>
    /// <param name="into">The caller's own part of the buffer, from <see cref="GlobalModel.NewPartial"/>; null, for one thread: the one that is here.</param>
    public BufferedDecision Offer(int task, SiteUpdate update, PartialAggregate? into = null)
    {
        BufferedDecision received = Decide(new TaskAnswered(update.Site, task, update.Rows, update.EffectiveSteps));
        if (received.Effects is not [FoldUpdate fold])
        {
            return received;
        }
        if (!double.IsFinite(update.TrainingLoss))
        {
            return Fail(task, update.Site, $"Training diverged: its loss is {update.TrainingLoss}.");
        }
        try
        {
            (into ?? _buffer[0]).Fold(update.Update, update.ControlChange, fold.Weight, fold.Normalizer, fold.Divisor);
        }
        catch (Exception refused) when (refused is UpdateRefusedException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return Fail(task, update.Site, refused.Message);
        }
        return Decide(new TaskFolded(update.Site, task));
    }

    /// <summary>Takes note that a site has no update to give.</summary>
    public BufferedDecision Fail(int task, int site, string why) => Decide(new TaskFailed(site, task, why));

    /// <summary>Takes note that a site is not heard of any more: another may train in its place.</summary>
    public BufferedDecision Lose(int site, string why) => Decide(new BufferedSiteLost(site, why));

    /// <summary>Takes note that a site is heard of again.</summary>
    public BufferedDecision Return(int site) => Decide(new BufferedSiteReturned(site));

    /// <summary>Changes the model by a full buffer, which is empty afterwards; or leaves it as it was where it cannot be averaged.</summary>
    /// <param name="partials">All parts of the buffer; null: the one that is here.</param>
    /// <returns>Null when the model was changed; else why not.</returns>
    public string? Apply(IReadOnlyList<PartialAggregate>? partials = null)
    {
        Require.That(State.Phase is BufferPhase.Full or BufferPhase.Failed, $"The model can change when round {State.Round} has its {rules.Buffered.Size} updates, but it has {State.Folded}.");
        if (State.Phase == BufferPhase.Full)
        {
            try
            {
                model.Apply(partials ?? _buffer, 1, 1);
                Decide(new BufferApplied());
                return null;
            }
            catch (UpdateRefusedException refused)
            {
                Decide(new BufferFailed(refused.Message));
            }
        }
        model.Drop(partials ?? _buffer);
        return _failure;
    }

    /// <summary>Goes back, or on, to a state between two changes of the model in which nothing is in the buffer.</summary>
    public void Restore(BufferedState state)
    {
        Require.That(state.Folding + state.Folded == 0, $"A buffered arm can be restored where its buffer is empty, but it has {state.Folding + state.Folded} updates.");
        Require.That(state.Completed == model.Rounds, $"The state must be that of the model, which has changed {model.Rounds} times (was {state.Completed}).");
        model.Drop(_buffer);
        State = state;
    }

    /// <summary>Tells of anything that happened to the arm. Whoever is told to fold an update does, and tells of that too.</summary>
    public BufferedDecision Decide(BufferedEvent happened)
    {
        lock (_gate)
        {
            BufferedDecision decision = _machine.Next(State, happened, time.GetUtcNow());
            State = decision.State;
            _failure = decision.Effects is [DropAverage] ? decision.Reason : _failure;
            return decision;
        }
    }
}
