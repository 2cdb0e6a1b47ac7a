using Atoll.Experiments;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;
using Atoll.Planning.File;
using Atoll.Planning.Workloads;

namespace Atoll.Planning.Sites;

/// <summary>What an experiment file comes to as a workload: its operations and bytes are counted, not estimated.</summary>
/// <param name="Figures">Flops, parameters, layers, samples, epochs, steps and data, as far as the experiment has them.</param>
/// <param name="Origin">Of all of them.</param>
internal sealed record ExperimentWorkload(Workload Figures, Origin Origin)
{
    /// <summary>The experiment's baseline: what its other arms are held against, and what a plan's arms are to come up to.</summary>
    /// <param name="path">The experiment file or its folder, in full.</param>
    /// <exception cref="ExperimentFileException">Something is wrong with the file.</exception>
    /// <exception cref="Learning.Data.DataException">The data is not there, or cannot be used as asked.</exception>
    /// <exception cref="InvalidOperationException">A partition cannot be made of the rows, or a model does not fit them.</exception>
    public static ExperimentWorkload Read(string path)
    {
        Experiment experiment = ExperimentFile.Read(path);
        LoadedArm baseline = LoadedExperiment.Load(experiment, experiment.Seed).Arms[experiment.Baseline];
        ArmWork work = ArmWork.Of(baseline, experiment.Seed);
        long steps = RoundWork.Of(baseline, experiment.Seed).Sum(round => round.Steps.Sum());
        return new(new()
        {
            Flops = new Estimate<Computation>(new Quantity<Computation>(work.Flops)),
            Parameters = baseline.Network.ParameterCount * Count.One,
            Layers = Math.Max(1, baseline.Network.Layers.Layers.Count(layer => layer.ParameterCount > 0)),
            Samples = new Estimate<Count>(baseline.Data.Sites.Sum(site => (long)site.Train.Length) * Count.One),
            Epochs = new Estimate<Ratio>(work.Rounds * Ratio.One),
            BatchSamples = baseline.Arm.Training.BatchSize * Count.One,
            Steps = steps * Count.One,
            Precision = Precision.Fp32,
            Data = new Estimate<Data>(baseline.Data.Sites.Sum(baseline.TrainBytes) * Data.Byte),
        }, new() { Basis = Basis.Measured, Source = $"counted from the experiment {experiment.Name}, arm {experiment.Baseline}" });
    }
}
