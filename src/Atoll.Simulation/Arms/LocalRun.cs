using Atoll.Experiments;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Training;

namespace Atoll.Simulation.Arms;

/// <summary>Every site alone with its own rows and its own model, all from the same first weights. A round is an epoch at every site.</summary>
/// <remarks>Memory grows with the sites: each has a model to keep.</remarks>
internal sealed class LocalRun : ArmRun
{
    private readonly Trainer[] _trainers;
    private readonly SingleModel[] _models;

    public LocalRun(LocalArm arm, Network network, SitedDataset data, ulong seed, int threads)
        : base(arm, arm.Epochs, network, data, seed, threads)
    {
        _trainers = [.. Enumerable.Range(0, threads).Select(_ => new Trainer(network, arm.Training.Optimizer, arm.Training.BatchSize))];
        float[] first = network.Initialize(seed);
        _models = [.. data.Sites.Select(_ => new SingleModel([.. first], arm.Training.Optimizer.Init(network.ParameterCount)))];
    }

    public override bool IsShared => false;

    public override string? Step(CancellationToken cancellation)
    {
        var outcomes = new TrainingOutcome[_models.Length];
        var faults = new string?[_models.Length];
        foreach (SingleModel model in _models)
        {
            model.Mark();
        }
        try
        {
            Workers.Run(_models.Length, Threads, (worker, site) =>
            {
                _trainers[worker].State = _models[site].Optimizer;
                Assignment epoch = new(Seed, site, Completed + 1, LearningRate, Epochs: 1);
                outcomes[site] = _trainers[worker].Train(_models[site].Weights, Data.Data, Data.Sites[site].Train, epoch, change: null, cancellation);
                faults[site] = Fault(outcomes[site].MeanLoss, _models[site].Weights);
            }, cancellation);
        }
        catch (OperationCanceledException)
        {
            Return();
            throw;
        }

        int diverged = Array.FindIndex(faults, fault => fault is not null);
        if (diverged >= 0)
        {
            Return();
            return $"Training diverged in epoch {Completed + 1} at site {Data.Sites[diverged].Name}: {faults[diverged]} A smaller learning rate may help.";
        }
        Samples += outcomes.Sum(outcome => outcome.Samples);
        Completed++;
        return null;
    }

    public override float[] WeightsOf(int site) => _models[site].Weights;

    public override IEnumerable<(string Name, float[] Vector)> Save() => _models.SelectMany((model, site) => model.Save($"{site}."));

    public override void Restore(IReadOnlyDictionary<string, float[]> vectors)
    {
        for (int site = 0; site < _models.Length; site++)
        {
            _models[site].Restore($"{site}.", (name, to) => Copy(vectors, name, to));
        }
    }

    private void Return()
    {
        foreach (SingleModel model in _models)
        {
            model.Return();
        }
    }
}
