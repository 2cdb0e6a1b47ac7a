using Atoll.Experiments;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Training;

namespace Atoll.Simulation.Arms;

/// <summary>Every site alone with its own rows and its own model, all from the same first weights. A round is an epoch at every site.</summary>
/// <remarks>
/// Memory grows with the sites: each has a model to keep, and what its optimizer remembers. Not twice, though: sites owe each other nothing, so where an
/// epoch is cancelled the sites that are done with it stay done, and only those under way, one a thread, go back to its start.
/// </remarks>
internal sealed class LocalRun : ArmRun
{
    private const string DoneName = "done";

    private readonly Trainer[] _trainers;
    private readonly EpochStart[] _starts;
    private readonly SingleModel[] _models;
    private readonly bool[] _done;

    public LocalRun(LocalArm arm, Network network, SitedDataset data, ulong seed, int threads)
        : base(arm, arm.Epochs, network, data, seed, threads)
    {
        _trainers = [.. Enumerable.Range(0, threads).Select(_ => new Trainer(network, arm.Training.Optimizer, arm.Training.BatchSize))];
        _starts = [.. Enumerable.Range(0, threads).Select(_ => new EpochStart())];
        float[] first = network.Initialize(seed);
        _models = [.. data.Sites.Select(_ => new SingleModel([.. first], arm.Training.Optimizer.Init(network.ParameterCount)))];
        _done = new bool[_models.Length];
    }

    public override bool IsShared => false;

    public override bool HasBegunRound => _done.Contains(true);

    public override string? Step(CancellationToken cancellation)
    {
        int[] sites = [.. Enumerable.Range(0, _models.Length).Where(site => !_done[site])];
        var faults = new string?[_models.Length];
        Workers.Run(sites.Length, Threads, (worker, piece) => faults[sites[piece]] = Train(worker, sites[piece], cancellation), cancellation);

        int diverged = Array.FindIndex(faults, fault => fault is not null);
        if (diverged >= 0)
        {
            return $"Training diverged in epoch {Completed + 1} at site {Data.Sites[diverged].Name}: {faults[diverged]} A smaller learning rate may help.";
        }
        Array.Clear(_done);
        Samples += Data.Sites.Sum(site => (long)site.Train.Length); // each row once, whether in this call or in one that was cancelled
        Completed++;
        return null;
    }

    public override float[] WeightsOf(int site) => _models[site].Weights;

    public override IEnumerable<(string Name, float[] Vector)> Save() =>
        _models.SelectMany((model, site) => model.Save($"{site}.")).Append((DoneName, [.. _done.Select(done => done ? 1f : 0f)]));

    public override void Restore(IReadOnlyDictionary<string, float[]> vectors)
    {
        var done = new float[_done.Length];
        Copy(vectors, DoneName, done);
        for (int site = 0; site < _models.Length; site++)
        {
            _models[site].Restore($"{site}.", (name, to) => Copy(vectors, name, to));
            _done[site] = done[site] != 0;
        }
    }

    /// <summary>An epoch of one site, or nothing where it fails.</summary>
    private string? Train(int worker, int site, CancellationToken cancellation)
    {
        (Trainer trainer, EpochStart start, SingleModel model) = (_trainers[worker], _starts[worker], _models[site]);
        start.Keep(model);
        trainer.State = model.Optimizer;
        Assignment epoch = new(Seed, site, Completed + 1, LearningRate, Epochs: 1);
        try
        {
            TrainingOutcome outcome = trainer.Train(model.Weights, Data.Data, Data.Sites[site].Train, epoch, change: null, cancellation);
            string? fault = Fault(outcome.MeanLoss, model.Weights);
            _done[site] = fault is null;
            return fault;
        }
        finally
        {
            if (!_done[site])
            {
                start.GiveBack(model);
            }
        }
    }
}
