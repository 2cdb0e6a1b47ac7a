using System.Collections.Concurrent;
using System.Collections.Immutable;
using Atoll.Coordinator.Buffering;
using Atoll.Coordinator.Live.Record;
using Atoll.Coordinator.Models;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Federation.Aggregation;
using Atoll.Learning.Models;
using Atoll.Learning.Randomness;
using Atoll.Learning.Tensors;

namespace Atoll.Coordinator.Live;

/// <summary>The arm that is being trained: its model, the round's machine, and the workers that add up updates.</summary>
/// <remarks>
/// Sites are places among <see cref="Participants"/> to the round, and indices of the experiment everywhere else. Where updates are buffered, decisions follow from the ledger alone
/// (<see cref="BufferRecord"/>), and only what is added up is here.
/// </remarks>
internal sealed class LiveArm : IDisposable
{
    private readonly ulong _seed;
    private readonly ConcurrentBag<UpdateWorker> _free = [];
    private readonly SemaphoreSlim _workers;
    private readonly UpdateWorker[] _all;
    private readonly Dictionary<int, int> _places;
    private readonly Pulse _settled = new();
    private int _underWay;

    /// <param name="participants">Indices of the sites that take part, ascending.</param>
    /// <param name="rows">Training rows of each of them.</param>
    /// <param name="state">Where it left off; null at its beginning.</param>
    public LiveArm(string name, FederatedArm arm, Network network, ImmutableArray<int> participants, int[] rows, LiveRunRequest request, GlobalModelState? state)
    {
        (Name, Arm, Network, Participants, _seed) = (name, arm, network, participants, request.Experiment.Seed);
        LiveSettings settings = request.Experiment.Live ?? new();
        Model = new GlobalModel(network.Initialize(_seed), arm.LocalObjective, arm.Aggregation, arm.ServerOptimizer);
        if (state is not null)
        {
            Model.Restore(state);
        }
        long bytes = ProtocolBytes.Up(network.ParameterCount, arm.LocalObjective);
        if (arm.Buffered is { } buffered)
        {
            buffered.RequireSites(rows.Length);
            Limits = new(bytes, buffered.Size * rows.Max(count => arm.Aggregation.Weight(count)), buffered.Size, settings.MaxUpdateNorm); // all may be of one site
        }
        else
        {
            RoundRules rules = new()
            {
                Selection = arm.Selection,
                Aggregation = arm.Aggregation,
                Quorum = settings.Quorum ?? 1,
                CountsFailedOut = settings.Quorum is null,
                OverSelection = settings.OverSelection,
                SiteNames = [.. participants.Select(site => request.Sites[site])],
            };
            Training = new FederatedTraining(rules, Model, rows, request.Time);
            Limits = new(bytes, rows.Sum(count => arm.Aggregation.Weight(count)), rows.Length, settings.MaxUpdateNorm);
        }
        _places = participants.Select((site, place) => (site, place)).ToDictionary(pair => pair.site, pair => pair.place);
        _all = [.. Enumerable.Range(0, request.Workers).Select(_ => new UpdateWorker(Model, Limits))];
        _workers = new SemaphoreSlim(_all.Length);
        Array.ForEach(_all, _free.Add);
    }

    public string Name { get; }

    public FederatedArm Arm { get; }

    public Network Network { get; }

    public ImmutableArray<int> Participants { get; }

    public GlobalModel Model { get; }

    /// <summary>Null where updates are buffered.</summary>
    public FederatedTraining? Training { get; }

    public UpdateLimits Limits { get; }

    /// <summary>A site's place in the round; null where it takes no part.</summary>
    public int? PlaceOf(int site) => _places.TryGetValue(site, out int place) ? place : null;

    /// <summary>Updates that are being taken in.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>Begins the next round.</summary>
    /// <returns>The indices of the sites that are asked; null where that is decided as updates come.</returns>
    public int[]? Open() => Training is null ? null : [.. Training.Open(new Philox(_seed, Purpose.Selection, round: Model.Rounds + 1)).Select(place => Participants[place])];

    /// <summary>What a site is to do, beginning from the body that its task names.</summary>
    public RoundTask TaskOf(TaskRecord task) => Training is { } rounds ? rounds.NewTask(Arm, _seed, task.Site) : BufferedTraining.NewTask(
        new SendTask(task.Site, task.Number, task.Turn!.Value, task.Round), [], Arm.Training.EpochsOf(_seed, task.Site, task.Turn.Value), Arm.Training.LocalSteps,
        Arm.Training.LearningRateFactor(task.Round, Arm.Rounds));

    /// <summary>Ends the round: null where the model was changed, else why not.</summary>
    /// <param name="failure">Why it cannot be, where updates are buffered and the ledger says so.</param>
    public string? Close(string? failure)
    {
        PartialAggregate[] partials = [.. _all.Select(worker => worker.Partial)];
        if (Training is { } rounds)
        {
            return rounds.Close(partials);
        }
        if (failure is not null)
        {
            Model.Drop(partials);
            return failure;
        }
        try
        {
            Model.Apply(partials, 1, 1);
            return null;
        }
        catch (UpdateRefusedException refused)
        {
            return $"Round {Model.Rounds + 1} fails: {refused.Message}";
        }
    }

    /// <summary>An update is being taken in, until what is returned is disposed.</summary>
    public IDisposable TakeIn()
    {
        Interlocked.Increment(ref _underWay);
        return new Taken(this);
    }

    /// <summary>Completes when no update is being taken in.</summary>
    public async Task SettledAsync(CancellationToken cancellation)
    {
        for (Task next = _settled.Next; Volatile.Read(ref _underWay) > 0; next = _settled.Next)
        {
            await next.WaitAsync(cancellation);
        }
    }

    /// <summary>Adds an update's body to the average, or says why not.</summary>
    public async Task<string?> FoldAsync(Stream body, FoldUpdate fold, CancellationToken cancellation)
    {
        await _workers.WaitAsync(cancellation);
        _free.TryTake(out UpdateWorker? worker);
        try
        {
            return worker!.Fold(body, fold);
        }
        finally
        {
            _free.Add(worker!);
            _workers.Release();
        }
    }

    /// <summary>What sites begin a round from.</summary>
    public IReadOnlyList<NamedTensor> Body() => Flat(Model.ControlToSend.Length == 0 ? [("weights", Model.Weights)] : [("weights", Model.Weights), ("control", Model.Control)]);

    /// <summary>All that the next round depends on.</summary>
    public IReadOnlyList<NamedTensor> State() => Flat(Model.Save().Vectors);

    public void Dispose() => _workers.Dispose();

    private sealed class Taken(LiveArm arm) : IDisposable
    {
        public void Dispose()
        {
            if (Interlocked.Decrement(ref arm._underWay) == 0)
            {
                arm._settled.Beat();
            }
        }
    }

    private static NamedTensor[] Flat(IEnumerable<(string Name, float[] Vector)> vectors) => [.. vectors.Select(v => new NamedTensor(v.Name, [v.Vector.Length], v.Vector))];
}
