using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Catalog;
using Atoll.Planning.File;
using Atoll.Planning.Workloads;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests;

/// <summary>
/// Fed-Heart-Disease with the split and the scaling of FLamby (du Terrail et al., NeurIPS 2022, table of the heart-disease benchmark), 5 seeds.
/// Needs the four raw files of the UCI repository.
/// </summary>
public sealed class HospitalsTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    /// <summary>What a plan of the example counts beforehand is what its run then counts, to the operation and the byte; and both account for the same sites.</summary>
    [SkippableFact]
    public void The_plan_of_the_example_is_exact_in_operations_and_bytes()
    {
        CatalogCache cache = Cache();
        Experiment experiment = ExperimentFile.Read(Repository.Example("hospitals"));
        PreparedPlan plan = ExperimentPlan.Prepare(experiment, "hospitals", cache.Root);
        LoadedExperiment loaded = LoadedExperiment.Load(experiment, experiment.Seed, cache.Root);

        RunResult result = Lab.Run(_lab.Request(experiment) with { DataFolder = cache.Root });

        plan.Workload.ShouldBe("14 parameters, 486 training rows at 4 sites");
        foreach (ArmResult arm in result.Arms)
        {
            ArmWork work = ArmWork.Of(loaded.Arms[arm.Name], experiment.Seed);
            (work.Flops, work.BytesUp, work.BytesDown).ShouldBe((arm.Flops, arm.BytesUp, arm.BytesDown), arm.Name);
            ModelledFootprint modelled = arm.Footprint!.Modelled!;
            modelled.Sites.Sum(site => site.Flops).ShouldBe(arm.Kind == "centralized" ? 0 : arm.Flops);
            modelled.BytesMoved.ShouldBe(arm.Kind == "centralized" ? 29_696 : 0);
            modelled.CarbonKg.Total.ShouldBeGreaterThan(0);
        }
    }

    [SkippableFact]
    public void Five_seeds_give_the_published_accuracies()
    {
        CatalogCache cache = Cache();

        // The published figures on the pooled test set are of rows scaled together; those of the centers, of rows scaled by each center.
        Experiment experiment = ExperimentFile.Read(Repository.Example("hospitals"));
        experiment = experiment with
        {
            Arms = experiment.Arms.Concat(new[] { "fedavg", "fedadam" }.Select(name => KeyValuePair.Create(
                $"{name}-tested-pooled", experiment.Arms[name] with { Data = experiment.Arms[name].Data with { StandardizeTest = Standardization.Pooled } }))).ToDictionary(),
        };

        RunResult result = Lab.Run(_lab.Request(experiment) with { Repeat = 5, DataFolder = cache.Root });

        Dictionary<string, FinalResult> finals = result.Arms.ToDictionary(arm => arm.Name, arm => arm.Final!);
        result.Data.Sites.Select(site => site.TrainRows + site.TestRows).ShouldBe([303, 261, 46, 130]);
        result.Data.DroppedRows.ShouldBe(180);
        result.Data.Features.ShouldBe(13);
        result.Data.Source.ShouldNotBeNull().ShouldContain("CC BY 4.0");

        // A federated arm's seeds deviate by 0.05 (fedavg) and 0.01 (fedadam), so a mean of five by 0.02 and 0.005.
        Mean("centralized").ShouldBe(0.735, 0.02);
        Mean("fedavg").ShouldBe(0.685, 0.02);
        Mean("fedadam").ShouldBe(0.726, 0.02);
        Pooled("pooled-scaling").ShouldBe(0.795, 0.02);
        Pooled("fedavg-tested-pooled").ShouldBe(0.748, 0.02);
        Pooled("fedadam-tested-pooled").ShouldBe(0.779, 0.02);

        double Mean(string arm) => finals[arm].MeanOfSites["accuracy"]!.Value;
        double Pooled(string arm) => finals[arm].Pooled["accuracy"]!.Value;
    }

    private CatalogCache Cache()
    {
        CatalogEntry entry = DataCatalog.Find("heart-disease");
        string files = Repository.Shared(Path.Combine("data", "heart-disease"));
        CatalogCache cache = new(_lab["data"]);
        foreach (CatalogFile file in entry.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(cache.PathOf(entry, file))!);
            File.Copy(Path.Combine(files, file.Name), cache.PathOf(entry, file));
        }
        return cache;
    }
}
