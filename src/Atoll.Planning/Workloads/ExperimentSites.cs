using Atoll.Experiments;
using Atoll.Experiments.Results;

namespace Atoll.Planning.Workloads;

/// <summary>The sites that an experiment declares, to account for its arms there.</summary>
public sealed class ExperimentSites
{
    /// <summary>The machine that a run is metered on; null where the experiment says nothing of it.</summary>
    public MachineSite? Machine { get; private init; }

    public static ExperimentSites Of(Experiment experiment) => new();

    /// <summary>What an arm comes to at the declared sites; null where none are declared.</summary>
    /// <param name="rounds">Only so many of its rounds, where it stopped before its end.</param>
    public ModelledFootprint? Model(LoadedArm arm, ulong seed, int rounds = int.MaxValue) => Machine is null ? null : null;
}
