using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Atoll.Client;
using Atoll.Coordinator.Buffering;
using Atoll.Coordinator.Models;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Federation.Buffering;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Randomness;
using Atoll.Planning.Workloads;

namespace Atoll.Simulation.Arms;

/// <summary>
/// A buffered arm on virtual sites, in virtual time: updates come in in the order in which the sites' pace lets them, however long this machine takes for them.
/// At one instant all updates come in (by site) before tasks go out. A step is a buffer.
/// </summary>
/// <remarks>
/// Tasks that are due next train at once on the threads there are; an update waits for its turn. So memory is, besides a few models a thread, the models that
/// tasks under way began from: at most as many as tasks.
/// </remarks>
internal sealed class BufferedRun : ArmRun
{
    private const string BasePrefix = "base.", ClockName = "clock", TurnsName = "turns", FlightsName = "flights";
    private const int FlightNumbers = 5;

    private readonly FederatedArm _arm;
    private readonly VirtualPace _pace;
    private readonly GlobalModel _model;
    private readonly BufferedTraining _coordinator;
    private readonly SiteTraining[] _clients;
    private readonly Dictionary<int, float[]> _bases = [];
    private readonly ConcurrentDictionary<int, SiteUpdate> _ready = [];
    private readonly ConcurrentDictionary<int, string> _hopeless = [];
    private readonly long _bytesUp, _bytesDown;
    private SortedSet<Flight> _flights = [];
    private TimeSpan _clock;

    public BufferedRun(FederatedArm arm, FedBuff buffered, Network network, SitedDataset data, ulong seed, int threads, VirtualPace? pace)
        : base(arm, arm.Rounds, network, data, seed, threads)
    {
        buffered.RequireSites(data.Sites.Count);
        (_arm, _pace) = (arm, pace ?? new VirtualPace(arm.Pace ?? new(), seed));
        _model = new GlobalModel(network.Initialize(seed), arm.LocalObjective, arm.Aggregation, arm.ServerOptimizer);
        _coordinator = new BufferedTraining(
            new BufferedRules { Buffered = buffered, Aggregation = arm.Aggregation, Rounds = arm.Rounds }, _model, data.Sites.Select(site => site.Train.Length).ToArray(), TimeProvider.System);
        _clients = [.. Enumerable.Range(0, threads).Select(_ => new SiteTraining(network, arm.Training, arm.LocalObjective, data.Data))];
        _bytesUp = ProtocolBytes.Up(network.ParameterCount, arm.LocalObjective);
        _bytesDown = ProtocolBytes.Down(network.ParameterCount, arm.LocalObjective);
    }

    public override TimeSpan? Clock => _clock;

    public override string? Step(CancellationToken cancellation)
    {
        (BufferedState state, Flight[] flights, TimeSpan clock) = (_coordinator.State, [.. _flights], _clock);
        bool done = false;
        try
        {
            string? fault = Fill(cancellation);
            done = fault is null;
            return fault;
        }
        finally
        {
            if (!done)
            {
                _coordinator.Restore(state);
                (_flights, _clock) = ([.. flights], clock);
            }
        }
    }

    public override float[] WeightsOf(int site) => _model.Weights;

    public override IEnumerable<(string Name, float[] Vector)> Save() =>
    [
        .. _model.Save().Vectors,
        .. _bases.OrderBy(b => b.Key).Select(b => (BasePrefix + b.Key.ToString(CultureInfo.InvariantCulture), b.Value)),
        (ClockName, WholeNumbers.Pack(_clock.Ticks, _coordinator.State.Tasks)),
        (TurnsName, WholeNumbers.Pack(_coordinator.State.Sites.Select(site => (long)site.Turns))),
        (FlightsName, WholeNumbers.Pack(_flights.SelectMany(f => new long[] { f.Task, f.Site, f.Turn, f.Round, f.Due.Ticks }))),
    ];

    public override void Restore(IReadOnlyDictionary<string, float[]> vectors)
    {
        _model.Restore(GlobalModelState.From(Completed, vectors));
        foreach ((string name, float[] vector) in vectors.Where(v => v.Key.StartsWith(BasePrefix, StringComparison.Ordinal)))
        {
            _bases[int.Parse(name.AsSpan(BasePrefix.Length), CultureInfo.InvariantCulture)] = vector;
        }
        long[] clock = Numbers(vectors, ClockName, 2), turns = Numbers(vectors, TurnsName, Data.Sites.Count);
        _clock = TimeSpan.FromTicks(clock[0]);
        _flights = [.. WholeNumbers.Unpack(vectors.GetValueOrDefault(FlightsName, [])).Chunk(FlightNumbers)
            .Select(f => new Flight((int)f[0], (int)f[1], (int)f[2], (int)f[3], TimeSpan.FromTicks(f[4])))];
        BufferedSite[] sites = [.. turns.Select(turn => new BufferedSite { Turns = (int)turn })];
        foreach (Flight flight in _flights)
        {
            sites[flight.Site] = sites[flight.Site] with { Standing = BufferedStanding.Training, Task = flight.Task, Round = flight.Round };
        }
        _coordinator.Restore(_coordinator.State with { Completed = Completed, Tasks = (int)clock[1], Sites = ImmutableArray.Create(sites) });
    }

    /// <summary>Goes on until the buffer is full and has changed the model.</summary>
    private string? Fill(CancellationToken cancellation)
    {
        long samples = 0, updates = 0;
        int round = _coordinator.State.Round;
        while (_coordinator.State.Phase == BufferPhase.Collecting)
        {
            if (_flights.Min is { } due && due.Due == _clock)
            {
                TrainUntil(due, cancellation);
                _flights.Remove(due);
                if (Offer(due, ref samples) is { } fault)
                {
                    return $"Training diverged in round {round} at site {Data.Sites[due.Site].Name}: {fault} A smaller learning rate may help.";
                }
                updates++;
                continue;
            }
            while (_coordinator.Give(new Philox(Seed, Purpose.Selection, round: _coordinator.State.Tasks + 1)) is { } task)
            {
                (long work, _) = RoundWork.OfTask(Training, Data.Sites[task.Site].Train.Length, task.Site, task.Turn, Seed);
                _flights.Add(new(task.Task, task.Site, task.Turn, task.Round, _clock + _pace.Of(task.Site, task.Turn, work)));
            }
            _clock = _flights.Min!.Due;
        }

        float[]? before = _flights.Any(flight => flight.Round == round) ? [.. _model.Weights] : null;
        if (_coordinator.Apply() is not null)
        {
            return $"Training diverged in round {round}: its updates together are too large to average. A smaller learning rate may help.";
        }
        KeepBases(round, before);
        Samples += samples;
        BytesUp += updates * _bytesUp;
        BytesDown += updates * _bytesDown;
        Completed++;
        return null;
    }

    /// <summary>Hands the coordinator what a task came to.</summary>
    /// <returns>Why it came to nothing.</returns>
    private string? Offer(Flight flight, ref long samples)
    {
        if (_hopeless.TryRemove(flight.Task, out string? why))
        {
            _coordinator.Fail(flight.Task, flight.Site, why);
            return why;
        }
        _ready.TryRemove(flight.Task, out SiteUpdate? update);
        samples += update!.Samples;
        BufferedDecision offered = _coordinator.Offer(flight.Task, update);
        BufferedStanding now = offered.State.Sites[flight.Site].Standing;
        Require.That(now is BufferedStanding.Idle or BufferedStanding.Failed, $"{offered.Reason}");
        return now == BufferedStanding.Failed ? Fault(update.TrainingLoss, update.Update) ?? offered.Reason : null;
    }

    /// <summary>Trains the task that is due, and as many of those after it as there are threads for.</summary>
    private void TrainUntil(Flight due, CancellationToken cancellation)
    {
        if (_ready.ContainsKey(due.Task) || _hopeless.ContainsKey(due.Task))
        {
            return;
        }
        int most = Math.Max(1, Threads - _ready.Count); // what is trained ahead is a model's worth of memory each
        Flight[] next = [.. _flights.Where(flight => !_ready.ContainsKey(flight.Task) && !_hopeless.ContainsKey(flight.Task)).Take(most)];
        Workers.Run(next.Length, Threads, (worker, piece) => Train(_clients[worker], next[piece], cancellation), cancellation);
    }

    private void Train(SiteTraining client, Flight flight, CancellationToken cancellation)
    {
        RoundTask task = BufferedTraining.NewTask(
            new SendTask(flight.Site, flight.Task, flight.Turn, flight.Round), flight.Round == _coordinator.State.Round ? _model.Weights : _bases[flight.Round],
            Training.EpochsOf(Seed, flight.Site, flight.Turn), Training.LocalSteps, Training.LearningRateFactor(flight.Round, Rounds));
        try
        {
            SiteUpdate update = client.Train(task, flight.Site, Data.Sites[flight.Site].Train, [], Seed, cancellation);
            _ready[flight.Task] = Copy(update);
        }
        catch (LocalTrainingException hopeless)
        {
            _hopeless[flight.Task] = hopeless.Message;
        }
    }

    /// <summary>After the model changed: keeps the models that tasks under way began from, and no others.</summary>
    private void KeepBases(int round, float[]? before)
    {
        if (before is not null)
        {
            _bases[round] = before;
        }
        HashSet<int> needed = [.. _flights.Select(flight => flight.Round)];
        foreach (int old in _bases.Keys.Where(known => !needed.Contains(known)).ToArray())
        {
            _bases.Remove(old);
        }
    }

    /// <summary>The client trains the next with the same vectors.</summary>
    private static SiteUpdate Copy(SiteUpdate update) => new()
    {
        Site = update.Site,
        Round = update.Round,
        Rows = update.Rows,
        Steps = update.Steps,
        EffectiveSteps = update.EffectiveSteps,
        Update = [.. update.Update],
        TrainingLoss = update.TrainingLoss,
        Samples = update.Samples,
    };

    private static long[] Numbers(IReadOnlyDictionary<string, float[]> vectors, string name, int count)
    {
        long[] numbers = WholeNumbers.Unpack(vectors.GetValueOrDefault(name, []));
        Require.That(numbers.Length == count, $"The saved vector '{name}' must hold {count} numbers (held {numbers.Length}).");
        return numbers;
    }
}
