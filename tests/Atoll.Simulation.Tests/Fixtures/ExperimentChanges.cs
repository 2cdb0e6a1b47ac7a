using Atoll.Experiments;

namespace Atoll.Simulation.Tests.Fixtures;

/// <summary>Variations of an experiment that is there already.</summary>
internal static class ExperimentChanges
{
    public static Experiment WithEveryArm(this Experiment experiment, Func<Arm, Arm> change) =>
        experiment with { Arms = experiment.Arms.ToDictionary(arm => arm.Key, arm => change(arm.Value)) };
}
