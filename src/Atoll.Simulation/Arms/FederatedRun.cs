using System.Globalization;
using Atoll.Client;
using Atoll.Coordinator;
using Atoll.Coordinator.Models;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Federation.Aggregation;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Randomness;
using Atoll.Planning.Workloads;

namespace Atoll.Simulation.Arms;

/// <summary>
/// Rounds of the coordinator's state machine and the client's training, on virtual sites. Memory is a few models a thread, however many sites there are,
/// besides what the local objective keeps at each site that has taken part.
/// </summary>
internal sealed class FederatedRun : ArmRun
{
    private const string SitePrefix = "site.", ClockName = "clock";

    private readonly FederatedArm _arm;
    private readonly GlobalModel _model;
    private readonly SiteTraining[] _clients;
    private readonly PartialAggregate[] _partials;
    private readonly Dictionary<int, float[]> _siteStates = [];
    private readonly long _bytesUp, _bytesDown;
    private readonly VirtualPace? _pace;
    private TimeSpan _clock;
    private FederatedTraining _coordinator;

    public FederatedRun(FederatedArm arm, Network network, SitedDataset data, ulong seed, int threads, VirtualPace? pace = null)
        : base(arm, arm.Rounds, network, data, seed, threads)
    {
        (_arm, _pace) = (arm, pace ?? (arm.Pace is null ? null : new VirtualPace(arm.Pace, seed)));
        _model = new GlobalModel(network.Initialize(seed), arm.LocalObjective, arm.Aggregation, arm.ServerOptimizer);
        _coordinator = NewCoordinator();
        _clients = [.. Enumerable.Range(0, threads).Select(_ => new SiteTraining(network, arm.Training, arm.LocalObjective, data.Data))];
        _partials = [.. Enumerable.Range(0, threads).Select(_ => _model.NewPartial())];
        _bytesUp = ProtocolBytes.Up(network.ParameterCount, arm.LocalObjective);
        _bytesDown = ProtocolBytes.Down(network.ParameterCount, arm.LocalObjective);
    }

    public override string? Step(CancellationToken cancellation)
    {
        int round = Completed + 1;
        IReadOnlyList<int> sites = _coordinator.Open(new Philox(Seed, Purpose.Selection, round: round));
        var states = new float[sites.Count][];
        var samples = new long[sites.Count];
        var faults = new string?[sites.Count];
        int[] largestFirst = [.. Enumerable.Range(0, sites.Count).OrderByDescending(i => Data.Sites[sites[i]].Train.Length)];

        Workers.Run(sites.Count, Threads, (worker, piece) =>
        {
            int i = largestFirst[piece], site = sites[i];
            states[i] = !_arm.LocalObjective.KeepsSiteState ? []
                : _siteStates.TryGetValue(site, out float[]? kept) ? [.. kept] : new float[Network.ParameterCount];
            try
            {
                SiteUpdate update = _clients[worker].Train(_coordinator.NewTask(_arm, Seed, site), site, Data.Sites[site].Train, states[i], Seed, cancellation);
                samples[i] = update.Samples;
                RoundDecision offered = _coordinator.Offer(update, _partials[worker]);
                Require.That(offered.Accepted || offered.State.Phase == RoundPhase.Failed, $"{offered.Reason}");
                faults[i] = offered.State.Phase == RoundPhase.Failed ? Fault(update) : null;
            }
            catch (LocalTrainingException hopeless)
            {
                _coordinator.Fail(round, site, hopeless.Message);
                faults[i] = hopeless.Message;
            }
        }, cancellation);

        if (_coordinator.Close(_partials) is not null)
        {
            int diverged = Array.FindIndex(faults, fault => fault is not null);
            return $"Training diverged in round {round}"
                + (diverged < 0 ? ": its updates together are too large to average." : $" at site {Data.Sites[sites[diverged]].Name}: {faults[diverged]}")
                + " A smaller learning rate may help.";
        }
        for (int i = 0; i < sites.Count && _arm.LocalObjective.KeepsSiteState; i++)
        {
            _siteStates[sites[i]] = states[i];
        }
        if (_pace is not null)
        {
            _clock += sites.Select((site, i) => _pace.Of(site, round, samples[i])).Max(); // a round waits for its slowest site
        }
        Samples += samples.Sum();
        BytesUp += sites.Count * _bytesUp;
        BytesDown += sites.Count * _bytesDown;
        Completed++;
        return null;
    }

    public override TimeSpan? Clock => _pace is null ? null : _clock;

    public override float[] WeightsOf(int site) => _model.Weights;

    public override IEnumerable<(string Name, float[] Vector)> Save() =>
        _model.Save().Vectors.Concat(_siteStates.OrderBy(s => s.Key).Select(s => (SitePrefix + s.Key.ToString(CultureInfo.InvariantCulture), s.Value)))
            .Concat(_pace is null ? [] : [(ClockName, WholeNumbers.Pack(_clock.Ticks))]);

    public override void Restore(IReadOnlyDictionary<string, float[]> vectors)
    {
        _model.Restore(GlobalModelState.From(Completed, vectors));
        _coordinator = NewCoordinator();
        _clock = TimeSpan.FromTicks(WholeNumbers.Unpack(vectors.GetValueOrDefault(ClockName, [])).FirstOrDefault());
        foreach ((string name, float[] vector) in vectors)
        {
            if (name.StartsWith(SitePrefix, StringComparison.Ordinal))
            {
                _siteStates[int.Parse(name.AsSpan(SitePrefix.Length), CultureInfo.InvariantCulture)] = vector;
            }
        }
    }

    private FederatedTraining NewCoordinator() => new(
        new RoundRules { Selection = _arm.Selection, Aggregation = _arm.Aggregation }, _model, Data.Sites.Select(site => site.Train.Length).ToArray(), TimeProvider.System);

    /// <summary>
    /// Why an update of a failed round cannot be averaged; null where it could. By itself, not by what the coordinator said, which depends on who was first.
    /// </summary>
    private string? Fault(SiteUpdate update)
    {
        if (Fault(update.TrainingLoss, update.Update) is { } fault)
        {
            return fault;
        }
        try
        {
            _model.NewPartial().Fold(update.Update, update.ControlChange, _arm.Aggregation.Weight(update.Rows), _arm.Aggregation.Normalizer(update.EffectiveSteps));
            return null;
        }
        catch (UpdateRefusedException refused)
        {
            return refused.Message;
        }
    }
}
