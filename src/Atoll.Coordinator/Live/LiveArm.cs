using System.Collections.Concurrent;
using System.Collections.Immutable;
using Atoll.Coordinator.Models;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Learning.Models;
using Atoll.Learning.Randomness;
using Atoll.Learning.Tensors;

namespace Atoll.Coordinator.Live;

/// <summary>The arm that is being trained: its model, the round's machine, and the workers that add up updates.</summary>
/// <remarks>Sites are places among <see cref="Participants"/> to the round, and indices of the experiment everywhere else.</remarks>
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
        RoundRules rules = new()
        {
            Selection = arm.Selection,
            Aggregation = arm.Aggregation,
            Quorum = settings.Quorum,
            OverSelection = settings.OverSelection,
            SiteNames = [.. participants.Select(site => request.Sites[site])],
        };
        Training = new FederatedTraining(rules, Model, rows, request.Time);
        Limits = new(ProtocolBytes.Up(network.ParameterCount, arm.LocalObjective), rows.Sum(count => arm.Aggregation.Weight(count)), rows.Length, settings.MaxUpdateNorm);
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

    public FederatedTraining Training { get; }

    public UpdateLimits Limits { get; }

    /// <summary>A site's place in the round; null where it takes no part.</summary>
    public int? PlaceOf(int site) => _places.TryGetValue(site, out int place) ? place : null;

    /// <summary>Begins the next round.</summary>
    /// <returns>The indices of the sites that are asked.</returns>
    public int[] Open() => [.. Training.Open(new Philox(_seed, Purpose.Selection, round: Model.Rounds + 1)).Select(place => Participants[place])];

    /// <summary>What a site is to do in the round under way.</summary>
    public RoundTask TaskOf(int site) => Training.NewTask(Arm, _seed, site);

    /// <summary>Ends the round: null where the model was changed, else why not.</summary>
    public string? Close() => Training.Close([.. _all.Select(worker => worker.Partial)]);

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
