using System.Reflection;
using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Learning.Data;
using Atoll.Learning.Randomness;
using Atoll.Planning.Workloads;
using Atoll.Simulation.Arms;
using Atoll.Simulation.Folder;
using Atoll.Simulation.Metering;

namespace Atoll.Simulation;

/// <summary>Runs an experiment on this machine: every arm, every seed, into a run folder.</summary>
public sealed class ExperimentRun
{
    private readonly RunRequest _request;
    private readonly Experiment _experiment;
    private readonly ExperimentSites _sites;
    private PreparedArms _prepared;

    private ExperimentRun(RunRequest request, Experiment experiment, PreparedArms prepared)
    {
        (_request, _experiment, _prepared, _sites) = (request, experiment, prepared, ExperimentSites.Of(experiment));
        Plan = new RunPlan(experiment.Name, experiment.Seed, request.Repeat ?? (request.Resume ? RunFolder.SeedsOf(request.Folder) : null) ?? 1, request.Threads, request.Folder, prepared[experiment.Baseline].Facts, [.. experiment.Arms.Select(PlanOf)]);
    }

    /// <summary>The program's version.</summary>
    public static string Version { get; } = typeof(ExperimentRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public RunPlan Plan { get; }

    /// <summary>The experiment with these arms and its baseline only; as it is when no arm is named.</summary>
    /// <exception cref="RunException">An arm is named that the experiment has not.</exception>
    public static Experiment Only(Experiment experiment, IReadOnlyList<string> arms)
    {
        if (arms.FirstOrDefault(name => !experiment.Arms.ContainsKey(name)) is { } unknown)
        {
            throw new RunException($"An arm must be one of {string.Join(", ", experiment.Arms.Keys)}, but '{unknown}' is none{NearestName.Suggestion(unknown, experiment.Arms.Keys)}");
        }
        return arms.Count == 0 ? experiment : experiment with
        {
            Arms = experiment.Arms.Where(arm => arms.Contains(arm.Key) || arm.Key == experiment.Baseline).ToDictionary(),
        };
    }

    /// <summary>Loads the data and builds the models, so that everything that can be wrong is found before training starts.</summary>
    /// <exception cref="RunException">An arm is named that the experiment has not, or one needs more memory than there is.</exception>
    /// <exception cref="DataException">The data is not there, or cannot be used as asked.</exception>
    /// <exception cref="InvalidOperationException">A partition cannot be made, or a model, a metric or a selection does not fit the data.</exception>
    public static ExperimentRun Prepare(RunRequest request)
    {
        Experiment experiment = Only(request.Experiment, request.Arms);
        PreparedArms prepared = PreparedArms.Load(experiment, experiment.Seed, request.DataFolder);
        return new ExperimentRun(request, experiment with { Arms = experiment.Arms.ToDictionary(arm => arm.Key, arm => prepared[arm.Key].Arm) }, prepared);
    }

    /// <summary>Trains. On cancellation completed rounds are kept, for resuming, and <see cref="OperationCanceledException"/> is thrown.</summary>
    /// <remarks>Writes <c>result.json</c>, <c>experiment.yaml</c> and <c>models/</c> into the folder; the report is the caller's.</remarks>
    /// <exception cref="RunException">The folder cannot be used, or a run that is done lacks a model or has another.</exception>
    public RunResult Execute(IRunObserver observer, CancellationToken cancellation)
    {
        int repeats = Plan.Repeat;
        using RunFolder folder = _request.Resume
            ? RunFolder.Open(_request.Folder, _experiment, _prepared.Fingerprint(), _request.Repeat, Version, out repeats)
            : RunFolder.Create(_request.Folder, _experiment, _prepared.Fingerprint(), repeats, Version);
        if (folder.Result() is { } done)
        {
            folder.Tidy();
            folder.RequireModels(done);
            return done;
        }

        RunForecast forecast = folder.Forecast(() => MachineForecast.Of(_experiment, _prepared.Loaded, _request.Threads, _request.Pace));
        Dictionary<string, List<ArmProgress>> outcomes = _experiment.Arms.Keys.ToDictionary(name => name, _ => new List<ArmProgress>());
        Dictionary<string, List<ModelledFootprint>> modelled = _experiment.Arms.Keys.ToDictionary(name => name, _ => new List<ModelledFootprint>());
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            ulong seed = unchecked(_experiment.Seed + (ulong)repeat);
            if (repeat > 0)
            {
                _prepared = PreparedArms.Load(_experiment, seed, _request.DataFolder);
            }
            foreach (ArmPlan plan in Plan.Arms)
            {
                cancellation.ThrowIfCancellationRequested();
                ArmSession session = new(plan, _experiment.Arms[plan.Name], repeat, folder, _prepared.Fingerprint(), observer, _request.Meter);
                PreparedArm arm = _prepared[plan.Name];
                ArmProgress outcome = session.Finished() ?? session.Run(arm.Network, arm.Data, arm.Metrics, seed, _request.Threads, cancellation, _prepared.Loaded.Arms[plan.Name].PaceOf(seed));
                outcomes[plan.Name].Add(outcome);
                if (_sites.Model(_prepared.Loaded.Arms[plan.Name], seed, outcome.Rounds.Count) is { } footprint)
                {
                    modelled[plan.Name].Add(footprint);
                }
            }
        }

        Dictionary<string, ArmFootprint?> footprints = Plan.Arms.ToDictionary(arm => arm.Name, arm =>
            FootprintAssembly.Of([.. outcomes[arm.Name].Select(seed => seed.Energy)], _sites.Machine, modelled[arm.Name]));
        RunResult result = ResultAssembly.Of(Plan with { Repeat = repeats }, _experiment, outcomes, footprints, Plan.Arms.ToDictionary(arm => arm.Name, arm => _prepared[arm.Name].Metrics[0]), Version) with { Forecast = forecast, Finished = _request.Time.GetUtcNow() };
        folder.Finish(result);
        return result;
    }

    private ArmPlan PlanOf(KeyValuePair<string, Arm> entry)
    {
        (string name, Arm arm) = entry;
        PreparedArm prepared = _prepared[name];
        int sites = prepared.Data.Sites.Count;
        int[] rows = [.. prepared.Data.Sites.Select(site => site.Train.Length)];
        int perRound = arm is FederatedArm federated ? SitesPerRound(name, federated, rows) : sites;
        MemoryNeed.Of(arm, prepared.Network, sites, perRound).RequireFits(name, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        return new ArmPlan(
            name,
            arm switch { CentralizedArm => "centralized", LocalArm => "local", _ => "federated" },
            IsBaseline: name == _experiment.Baseline,
            RoundWork.CountOf(arm),
            perRound,
            prepared.Network.ParameterCount,
            prepared.Network.TrainingFlops,
            Settings(arm),
            prepared.IsLikeBaseline ? null : prepared.Facts);
    }

    private int SitesPerRound(string name, FederatedArm arm, int[] rows)
    {
        try
        {
            if (arm.Buffered is { } buffered)
            {
                buffered.RequireSites(rows.Length);
                return buffered.Concurrency;
            }
            return arm.Selection.Select(rows, new Philox(_experiment.Seed, Purpose.Selection, round: 1)).Length;
        }
        catch (InvalidOperationException unfit)
        {
            throw new InvalidOperationException($"Arm {name}: {unfit.Message}", unfit);
        }
    }

    /// <summary>Files by their names only: a report is passed on, and where they lay is nobody's business.</summary>
    private static Dictionary<string, string> Settings(Arm arm)
    {
        Dictionary<string, string> settings = new(ExperimentFile.Settings(arm));
        if (arm.Data.Csv is { } files)
        {
            settings["data.csv"] = string.Join(", ", files.Select(Path.GetFileName));
        }
        return settings;
    }
}
