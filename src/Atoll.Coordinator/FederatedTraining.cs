using Atoll.Coordinator.Models;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Federation.Aggregation;

namespace Atoll.Coordinator;

/// <summary>
/// Runs rounds: asks <see cref="RoundMachine"/> what to do with each event and does it to a <see cref="GlobalModel"/>. Whoever owns the transport
/// (a server, or a simulation) calls <see cref="Open"/>, then <see cref="Offer"/> or <see cref="Fail"/> for each site, then <see cref="Close"/>.
/// </summary>
/// <remarks>
/// <see cref="Offer"/>, <see cref="Fail"/> and <see cref="Decide"/> may be called from many threads at once, each with a partial aggregate of its own; the others by one thread
/// while nobody else calls.
/// </remarks>
/// <param name="rows">Training rows of every site, by index.</param>
public sealed class FederatedTraining(RoundRules rules, GlobalModel model, ReadOnlyMemory<int> rows, TimeProvider time)
{
    private readonly RoundMachine _machine = new(rules);
    private readonly Lock _gate = new();
    private ApplyAverage? _apply;
    private string? _failure;

    /// <summary>The round under way, or the last one.</summary>
    public RoundState State { get; private set; } = RoundState.Before(model.Rounds + 1);

    public GlobalModel Model => model;

    /// <summary>Begins the next round: the chosen sites, ascending.</summary>
    /// <param name="random">Seeded for this round (<c>Purpose.Selection</c>).</param>
    public IReadOnlyList<int> Open(Random random)
    {
        RoundDecision decision = Decide(new RoundOpened(model.Rounds + 1, rows, random));
        Require.That(decision.Accepted, $"{decision.Reason}");
        return decision.Effects.OfType<SendTasks>().Single().Sites;
    }

    /// <summary>What a site of the round under way is to do, as the arm and its schedules say.</summary>
    /// <param name="site">The site's index in the experiment: part of the key of its random numbers.</param>
    public RoundTask NewTask(FederatedArm arm, ulong seed, int site) =>
        NewTask(arm.Training.EpochsOf(seed, site, State.Round), arm.Training.LocalSteps, arm.Training.LearningRateFactor(State.Round, arm.Rounds));

    /// <summary>What is sent to a site of the round under way, with the local work that the caller gives it.</summary>
    public RoundTask NewTask(int? localEpochs, int? localSteps, float learningRateFactor = 1)
    {
        Require.That(localEpochs is null != localSteps is null, $"A task needs either local epochs or local steps, but got {(localSteps is null ? "neither" : "both")}.");
        return new RoundTask
        {
            Round = State.Round,
            Weights = model.Weights,
            Control = model.ControlToSend,
            LocalEpochs = localEpochs,
            LocalSteps = localSteps,
            LearningRateFactor = learningRateFactor,
        };
    }

    /// <summary>Takes a site's update, or says why not. On return nothing refers to its vectors.</summary>
    /// <param name="into">The caller's own aggregate, from <see cref="GlobalModel.NewPartial"/>.</param>
    public RoundDecision Offer(SiteUpdate update, PartialAggregate into)
    {
        RoundDecision received = Decide(new UpdateReceived(update.Round, update.Site, update.Rows, update.EffectiveSteps));
        if (received.Effects is not [FoldUpdate fold])
        {
            return received;
        }
        if (!double.IsFinite(update.TrainingLoss))
        {
            return Fail(update.Round, update.Site, $"Training diverged: its loss is {update.TrainingLoss}.");
        }
        try
        {
            into.Fold(update.Update, update.ControlChange, fold.Weight, fold.Normalizer);
        }
        catch (Exception refused) when (refused is UpdateRefusedException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return Fail(update.Round, update.Site, refused.Message);
        }
        return Decide(new UpdateFolded(update.Round, update.Site));
    }

    /// <summary>Takes note that a site has no update to give.</summary>
    public RoundDecision Fail(int round, int site, string why) => Decide(new UpdateFailed(round, site, why));

    /// <summary>Takes note that the sites' time is over.</summary>
    public RoundDecision PassDeadline() => Decide(new DeadlinePassed(State.Round));

    /// <summary>
    /// Ends the round when every answer is in: changes the model, or leaves it as it was where the round failed. The aggregates are empty afterwards.
    /// </summary>
    /// <returns>Null when the model was changed; else why not: which site, which round.</returns>
    public string? Close(IReadOnlyList<PartialAggregate> partials)
    {
        Require.That(State.Phase is RoundPhase.Closed or RoundPhase.Failed, $"Round {State.Round} can end when all its sites have answered, but {State.Awaited + State.Folding} have not.");
        if (State.Phase == RoundPhase.Closed)
        {
            try
            {
                model.Apply(partials, _apply!.ShareOfSites, _apply.ShareOfWeight);
                return null;
            }
            catch (UpdateRefusedException refused)
            {
                Decide(new AverageFailed(State.Round, refused.Message));
            }
        }
        model.Drop(partials);
        return _failure;
    }

    /// <summary>Tells of anything that happened to the round under way. Whoever is told to fold an update does, and tells of that too.</summary>
    /// <remarks>May be called from many threads at once.</remarks>
    public RoundDecision Decide(RoundEvent happened)
    {
        lock (_gate)
        {
            RoundDecision decision = _machine.Next(State, happened, time.GetUtcNow());
            State = decision.State;
            foreach (RoundEffect effect in decision.Effects)
            {
                _apply = effect as ApplyAverage ?? _apply;
                _failure = effect is DropAverage ? decision.Reason : _failure;
            }
            return decision;
        }
    }
}
