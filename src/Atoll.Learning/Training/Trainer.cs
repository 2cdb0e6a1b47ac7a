using Atoll.Learning.Data;
using Atoll.Learning.Layers;
using Atoll.Learning.Models;
using Atoll.Learning.Optimizers;
using Atoll.Learning.Randomness;

namespace Atoll.Learning.Training;

/// <summary>Trains one network on some rows, batch after batch. Holds the buffers: one for each thread, for any number of sites.</summary>
public sealed class Trainer
{
    private readonly Workspace _workspace;
    private readonly float[] _gradient;
    private readonly int _batchSize;
    private int[] _order = [];

    public Trainer(Network network, IOptimizer optimizer, int batchSize)
    {
        (Network, Optimizer, _batchSize) = (network, optimizer, Require.AtLeast(1, batchSize));
        _workspace = new Workspace(network, batchSize);
        _gradient = new float[network.ParameterCount];
        State = optimizer.Init(network.ParameterCount);
    }

    public Network Network { get; }

    public IOptimizer Optimizer { get; }

    /// <summary>The optimizer's memory. Kept from call to call; reset or exchange it for another site.</summary>
    public OptimizerState State { get; set; }

    /// <summary>Trains <paramref name="weights"/> in place.</summary>
    public TrainingOutcome Train(
        Span<float> weights, Dataset data, ReadOnlySpan<int> rows, in Assignment assignment, GradientChange? change = null, CancellationToken cancellation = default) =>
        Train(weights, data, rows, assignment, change, default, null, cancellation);

    /// <summary>The same, and is looked at after every step; or goes on from such a look, with weights and <see cref="State"/> as they were then, to the same bytes.</summary>
    public TrainingOutcome Train(
        Span<float> weights, Dataset data, ReadOnlySpan<int> rows, in Assignment assignment, GradientChange? change, in TrainingPoint from, TrainingLook? look, CancellationToken cancellation)
    {
        Require.That(rows.Length > 0, $"Training needs at least 1 row, but got {rows.Length}.");
        if (_order.Length < rows.Length)
        {
            _order = new int[rows.Length];
        }
        var order = _order.AsSpan(0, rows.Length);
        int batches = (int)(((long)rows.Length + _batchSize - 1) / _batchSize), steps = assignment.Steps > 0 ? assignment.Steps : checked(assignment.Epochs * batches);
        Require.That(steps > 0, $"Training needs at least 1 epoch or step, but got {assignment.Epochs} epochs and {assignment.Steps} steps.");
        Require.Within(0, steps, from.Steps, nameof(from));
        (double losses, long samples) = (from.Losses, from.Samples);
        for (int step = from.Steps; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            (int pass, int batch) = Math.DivRem(step, batches);
            if (batch == 0 || step == from.Steps)
            {
                rows.CopyTo(order);
                new Philox(assignment.Seed, Purpose.Shuffle, assignment.Client, assignment.Round, pass).Permute(order);
            }
            var chosen = order.Slice(batch * _batchSize, Math.Min(_batchSize, rows.Length - batch * _batchSize));
            Pass key = new(chosen.Length, Training: true, assignment.Seed, assignment.Client, assignment.Round, step);
            double loss = _workspace.Gradient(weights, data, chosen, key, _gradient);
            losses += loss;
            samples += chosen.Length;
            if (!double.IsFinite(loss))
            {
                return new(step + 1, samples, loss);
            }
            change?.Invoke(_gradient, weights);
            Optimizer.Step(State, assignment.LearningRate, _gradient, weights);
            look?.Invoke(new(step + 1, samples, losses), steps, weights);
        }
        return new(steps, samples, losses / steps);
    }
}
