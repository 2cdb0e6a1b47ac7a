using System.Globalization;
using System.Numerics.Tensors;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Federation.Aggregation;
using Atoll.Federation.LocalObjectives;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Optimizers;
using Atoll.Learning.Training;

namespace Atoll.Client;

/// <summary>
/// What a site does in a round: trains the global weights on its own rows and says how they changed. The same code at a hospital's client
/// and in a simulation.
/// </summary>
/// <remarks>For one thread at a time; holds the buffers of one model, used for site after site.</remarks>
public sealed class SiteTraining
{
    private readonly ILocalObjective _objective;
    private readonly Trainer _trainer;
    private readonly Dataset _data;
    private readonly float[] _local, _drift, _controlChange;
    private readonly GradientChange? _change;
    private float[] _global = [];

    public SiteTraining(Network network, TrainingSettings training, ILocalObjective objective, Dataset data)
    {
        (_objective, _data) = (objective, data);
        _trainer = new Trainer(network, training.Optimizer, training.BatchSize);
        _local = new float[network.ParameterCount];
        _drift = objective.KeepsSiteState ? new float[network.ParameterCount] : [];
        _controlChange = objective.ExchangesControl ? new float[network.ParameterCount] : [];
        _change = objective.KeepsSiteState || objective.Proximal > 0 ? Correct : null;
    }

    /// <summary>Trains on a site's rows.</summary>
    /// <param name="site">The site's index: part of the key of its random numbers.</param>
    /// <param name="siteState">What the local objective keeps at this site, renewed here unless training diverged; empty when it keeps nothing.</param>
    /// <exception cref="LocalTrainingException">The settings cannot lead anywhere.</exception>
    /// <returns>The update; its vectors are this object's own, and hold until the next call.</returns>
    public SiteUpdate Train(RoundTask task, int site, ReadOnlySpan<int> rows, Span<float> siteState, ulong seed, CancellationToken cancellation) =>
        Train(task, site, rows, siteState, seed, null, cancellation);

    /// <inheritdoc cref="Train(RoundTask, int, ReadOnlySpan{int}, Span{float}, ulong, CancellationToken)"/>
    /// <param name="checkpoint">Sees every step, and may begin in the middle: the update is the same to the last bit.</param>
    public SiteUpdate Train(RoundTask task, int site, ReadOnlySpan<int> rows, Span<float> siteState, ulong seed, ILocalCheckpoint? checkpoint, CancellationToken cancellation)
    {
        Require.That(task.LocalEpochs is null != task.LocalSteps is null, $"A task needs either local epochs or local steps, but got {(task.LocalSteps is null ? "neither" : "both")}.");
        _global = task.Weights;
        Require.That(_global.Length == _local.Length, $"The global weights must be the model's {_local.Length} (were {_global.Length}).");
        _global.CopyTo(_local, 0);
        _trainer.State.Reset();
        if (_objective.KeepsSiteState)
        {
            _objective.Drift(siteState, task.Control, _drift);
        }

        float learningRate = _trainer.Optimizer.LearningRate * task.LearningRateFactor;
        Assignment assignment = new(seed, site, task.Turn ?? task.Round, learningRate, task.LocalEpochs ?? 0, task.LocalSteps ?? 0);
        TrainingPoint from = checkpoint?.Restore(_local, _trainer.State) ?? default;
        TrainingLook? look = checkpoint is null ? null : (in TrainingPoint point, int steps, ReadOnlySpan<float> weights) => checkpoint.Stepped(point, steps, weights, _trainer.State);
        TrainingOutcome outcome = _trainer.Train(_local, _data, rows, assignment, _change, from, look, cancellation);

        float[] update = _local;
        TensorPrimitives.Subtract(_local, _global, update); // the same buffer: local − global from here on
        double effectiveSteps = EffectiveSteps(outcome.Steps, learningRate);
        if (!(effectiveSteps > 0 && double.IsFinite(effectiveSteps)))
        {
            throw new LocalTrainingException(string.Create(CultureInfo.InvariantCulture,
                $"{outcome.Steps} steps must lead away from the global weights, but with learning rate {learningRate} the local objective's pull of {_objective.Proximal} overshoots (they are worth {effectiveSteps:g4}). Choose the product of the two well below 2."));
        }
        // The last step of all may leave the finite numbers with no loss to tell of it.
        if (_objective.KeepsSiteState && double.IsFinite(outcome.MeanLoss) && float.IsFinite(TensorPrimitives.MaxMagnitude(update)))
        {
            _objective.Finish(siteState, task.Control, update, effectiveSteps, learningRate, _controlChange);
        }
        return new SiteUpdate
        {
            Site = site,
            Round = task.Round,
            Rows = rows.Length,
            Steps = outcome.Steps,
            EffectiveSteps = effectiveSteps,
            Update = update,
            ControlChange = _controlChange,
            TrainingLoss = outcome.MeanLoss,
            Samples = outcome.Samples,
        };
    }

    private void Correct(Span<float> gradient, ReadOnlySpan<float> weights) =>
        GradientCorrection.Apply(gradient, weights, _global, _drift, _objective.Proximal);

    /// <remarks>Adaptive optimizers have no such count in the literature: their steps count one each.</remarks>
    private double EffectiveSteps(int steps, float learningRate) => _trainer.Optimizer is Sgd sgd
        ? FedNova.EffectiveSteps(steps, sgd.Momentum, learningRate, _objective.Proximal, sgd.Nesterov)
        : steps;
}
