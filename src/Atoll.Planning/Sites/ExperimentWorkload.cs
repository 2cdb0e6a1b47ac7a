using Atoll.Footprint.Provenance;
using Atoll.Planning.File;

namespace Atoll.Planning.Sites;

/// <summary>What an experiment file comes to as a workload: its operations and bytes are counted, not estimated.</summary>
/// <param name="Figures">Flops, parameters, samples, epochs, steps and data, as far as the experiment has them.</param>
/// <param name="Origin">Of all of them.</param>
internal sealed record ExperimentWorkload(Workload Figures, Origin Origin)
{
    /// <param name="path">The experiment file or its folder, in full.</param>
    /// <exception cref="Experiments.ExperimentFileException">Something is wrong with the file.</exception>
    public static ExperimentWorkload Read(string path) => throw new NotSupportedException($"No workload can be read of the experiment {Experiments.ExperimentFile.Read(path).Name}.");
}
