using Atoll.Federation;
using Atoll.Federation.Aggregation;
using Atoll.Federation.LocalObjectives;
using Atoll.Federation.ServerOptimizers;

namespace Atoll.Coordinator.Models;

/// <summary>What the sites learn together: the weights, and all that the algorithms remember between rounds.</summary>
public sealed class GlobalModel
{
    private readonly ILocalObjective _objective;
    private readonly IServerOptimizer _optimizer;
    private readonly PartialAggregate _average;
    private readonly float[] _meanUpdate;
    private readonly float[] _meanControlChange;

    /// <param name="weights">The first weights; copied.</param>
    /// <exception cref="InvalidOperationException">The algorithms contradict each other.</exception>
    public GlobalModel(ReadOnlySpan<float> weights, ILocalObjective objective, IAggregation aggregation, IServerOptimizer optimizer)
    {
        string? contradiction = Combination.Contradiction(objective, aggregation) ?? Combination.Contradiction(objective, optimizer);
        Require.That(contradiction is null, $"{contradiction}");
        (_objective, _optimizer) = (objective, optimizer);
        Weights = weights.ToArray();
        Control = objective.KeepsControl ? new float[weights.Length] : [];
        OptimizerState = optimizer.Init(weights.Length);
        _average = NewPartial();
        _meanUpdate = new float[weights.Length];
        _meanControlChange = objective.ExchangesControl ? new float[weights.Length] : [];
    }

    /// <summary>Changes in <see cref="Apply"/> only; until then anyone may read.</summary>
    public float[] Weights { get; }

    /// <summary>The local objective's own vector; empty when it keeps none.</summary>
    public float[] Control { get; }

    public ServerOptimizerState OptimizerState { get; }

    /// <summary>Rounds applied.</summary>
    public int Rounds { get; private set; }

    /// <summary>The vector that travels with the weights; empty when none does.</summary>
    public float[] ControlToSend => _objective.ExchangesControl ? Control : [];

    /// <summary>An empty aggregate for a worker to fold updates into.</summary>
    public PartialAggregate NewPartial() => new(Weights.Length, _objective.ExchangesControl);

    /// <summary>
    /// Closes a round: merges the partial aggregates, which are empty afterwards, and moves the weights. Allocates nothing.
    /// </summary>
    /// <exception cref="UpdateRefusedException">Together the updates are out of exact averaging's range. The model is as it was.</exception>
    public void Apply(IReadOnlyList<PartialAggregate> partials, double shareOfSites, double shareOfWeight)
    {
        try
        {
            for (int i = 0; i < partials.Count; i++)
            {
                _average.Merge(partials[i]);
            }
            _average.Mean(_meanUpdate, _meanControlChange);
        }
        finally
        {
            Drop(partials);
        }

        if (_objective.KeepsControl)
        {
            _objective.Combine(Control, _meanControlChange, _meanUpdate, shareOfSites, shareOfWeight);
        }
        _optimizer.Step(OptimizerState, _meanUpdate, Weights);
        Rounds++;
    }

    /// <summary>Forgets a round's updates.</summary>
    public void Drop(IReadOnlyList<PartialAggregate> partials)
    {
        _average.Reset();
        for (int i = 0; i < partials.Count; i++)
        {
            partials[i].Reset();
        }
    }

    /// <summary>A copy of everything remembered between rounds.</summary>
    public GlobalModelState Save() => new()
    {
        Rounds = Rounds,
        Weights = [.. Weights],
        Control = [.. Control],
        Momentum = [.. OptimizerState.Momentum],
        SecondMoment = [.. OptimizerState.SecondMoment],
    };

    /// <summary>Takes up where <see cref="Save"/> left off, with the same algorithms.</summary>
    public void Restore(GlobalModelState state)
    {
        Fit(state.Weights, Weights, "weights");
        Fit(state.Control, Control, "control");
        Fit(state.Momentum, OptimizerState.Momentum, "momentum");
        Fit(state.SecondMoment, OptimizerState.SecondMoment, "second-moment");

        state.Weights.CopyTo(Weights, 0);
        state.Control.CopyTo(Control, 0);
        state.Momentum.CopyTo(OptimizerState.Momentum, 0);
        state.SecondMoment.CopyTo(OptimizerState.SecondMoment, 0);
        Rounds = state.Rounds;
    }

    private static void Fit(float[] saved, float[] own, string name) =>
        Require.That(saved.Length == own.Length, $"The saved model's {name} must have length {own.Length} (was {saved.Length}).");
}
