using Atoll.Experiments;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Randomness;
using Atoll.Learning.Training;

namespace Atoll.Simulation.Arms;

/// <summary>All sites' training rows in one place, one model. A round is an epoch.</summary>
internal sealed class CentralizedRun : ArmRun
{
    private readonly Trainer _trainer;
    private readonly SingleModel _model;
    private readonly EpochStart _start = new();
    private readonly int[] _rows;

    public CentralizedRun(CentralizedArm arm, Network network, SitedDataset data, ulong seed, int threads)
        : base(arm, arm.Epochs, network, data, seed, threads)
    {
        _trainer = new Trainer(network, arm.Training.Optimizer, arm.Training.BatchSize);
        _model = new SingleModel(network.Initialize(seed), _trainer.State);
        _rows = [.. data.Sites.SelectMany(site => site.Train)];
    }

    public override string? Step(CancellationToken cancellation)
    {
        _start.Keep(_model);
        Assignment epoch = new(Seed, Philox.MaximumClient, Completed + 1, LearningRate, Epochs: 1);
        TrainingOutcome outcome;
        try
        {
            outcome = _trainer.Train(_model.Weights, Data.Data, _rows, epoch, change: null, cancellation);
        }
        catch (OperationCanceledException)
        {
            _start.GiveBack(_model);
            throw;
        }
        if (Fault(outcome.MeanLoss, _model.Weights) is { } fault)
        {
            _start.GiveBack(_model);
            return $"Training diverged in epoch {Completed + 1}: {fault} A smaller learning rate may help.";
        }
        Samples += outcome.Samples;
        Completed++;
        return null;
    }

    public override float[] WeightsOf(int site) => _model.Weights;

    public override IEnumerable<(string Name, float[] Vector)> Save() => _model.Save("");

    public override void Restore(IReadOnlyDictionary<string, float[]> vectors) => _model.Restore("", (name, to) => Copy(vectors, name, to));
}
