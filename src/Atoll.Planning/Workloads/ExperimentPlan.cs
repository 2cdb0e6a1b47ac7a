using Atoll.Experiments;
using Atoll.Footprint.Quantities;
using Atoll.Learning.Data;
using Atoll.Planning.Arms;
using Atoll.Planning.File;

namespace Atoll.Planning.Workloads;

/// <summary>An experiment as a plan: its arms at its declared sites, with operations and bytes counted and nothing trained.</summary>
public static class ExperimentPlan
{
    /// <param name="experiment">With <c>sites</c>.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="dataFolder">The catalog's cache; the platform's when null.</param>
    /// <exception cref="DataException">The data is not there, or cannot be used as asked.</exception>
    /// <exception cref="InvalidOperationException">No sites are declared, or something in them cannot be.</exception>
    public static PreparedPlan Prepare(Experiment experiment, string file, string? dataFolder = null) =>
        Prepare(experiment, file, LoadedExperiment.Load(experiment, experiment.Seed, dataFolder));

    /// <inheritdoc cref="Prepare(Experiment, string, string?)"/>
    public static PreparedPlan Prepare(Experiment experiment, string file, LoadedExperiment loaded)
    {
        ExperimentSites sites = ExperimentSites.Of(experiment);
        Require.That(sites.AreGiven, $"An experiment can be planned where it says what its sites are: sites must have an entry for each, or a {DeclaredSites.Default} for all (has none).");
        List<PreparedArm> arms = [];
        foreach (LoadedArm arm in loaded.Arms.Values)
        {
            DeclaredArmModel model = sites.ModelOf(arm, experiment.Seed);
            arms.Add(new(arm.Name, KindOf(arm.Arm), model, model.Privacy));
        }
        return new()
        {
            Plan = ExperimentSites.PlanOf(experiment, DeclaredSites.ThisMachine) with
            {
                Workload = new() { Experiment = file, Precision = Precision.Fp32 },
                Arms = loaded.Arms.ToDictionary(arm => arm.Key, arm => ArmOf(experiment, arm.Value)),
                Seed = experiment.Seed,
            },
            File = file,
            Workload = WordsOf(loaded.Arms[experiment.Baseline]),
            Inputs = sites.Inputs,
            Arms = arms,
            Notes = [.. sites.Notes, "Operations and bytes are counted from the experiment: nothing was trained."],
        };
    }

    /// <summary>The kind's name in an experiment.</summary>
    private static string KindOf(Arm arm) => arm switch { CentralizedArm => "centralized", LocalArm => "local", _ => "federated" };

    /// <summary>The arm as a plan file would say it, as near as there is one: sites alone are clients that never exchange.</summary>
    private static PlanArm ArmOf(Experiment experiment, LoadedArm arm)
    {
        string[] entries = [.. arm.Data.Sites.Select(site => DeclaredSites.EntryOf(experiment, site.Name)).Distinct()];
        return arm.Arm is CentralizedArm
            ? new Centralized { Site = DeclaredSites.EntryOf(experiment, DeclaredSites.Coordinator) }
            : new Arms.Federated { Sites = entries, Rounds = (arm.Arm is FederatedArm ? RoundWork.CountOf(arm.Arm) : 1) * Count.One };
    }

    private static string WordsOf(LoadedArm arm) =>
        $"{Number(arm.Network.ParameterCount)} parameters, {Number(arm.Data.Sites.Sum(site => (long)site.Train.Length))} training rows at {arm.Data.Sites.Count} sites";

    private static string Number(long count) => count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
