using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Learning.Data.Catalog;
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

    [SkippableFact]
    public void Five_seeds_give_the_published_accuracies()
    {
        CatalogEntry entry = DataCatalog.Find("heart-disease");
        string files = Repository.Shared(Path.Combine("data", "heart-disease"));
        CatalogCache cache = new(_lab["data"]);
        foreach (CatalogFile file in entry.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(cache.PathOf(entry, file))!);
            File.Copy(Path.Combine(files, file.Name), cache.PathOf(entry, file));
        }

        RunResult result = Lab.Run(_lab.Request(ExperimentFile.Read(Repository.Example("hospitals"))) with { Repeat = 5, DataFolder = cache.Root });

        Dictionary<string, FinalResult> finals = result.Arms.ToDictionary(arm => arm.Name, arm => arm.Final!);
        result.Data.Sites.Select(site => site.TrainRows + site.TestRows).ShouldBe([303, 261, 46, 130]);
        result.Data.DroppedRows.ShouldBe(180);
        result.Data.Features.ShouldBe(13);
        result.Data.Source.ShouldNotBeNull().ShouldContain("CC BY 4.0");

        Mean("centralized").ShouldBe(0.735, 0.02);
        Pooled("pooled-scaling").ShouldBe(0.795, 0.02);
        Console.WriteLine(string.Join("\n", finals.Select(f => $"{f.Key} mean {Mean(f.Key):f4} sd {f.Value.MeanOfSitesSd!["accuracy"]:f4} pooled {Pooled(f.Key):f4} sd {f.Value.PooledSd!["accuracy"]:f4} sites {string.Join(" ", f.Value.PerSite.Select(s => $"{s.Metrics["accuracy"]:f4}"))}")));

        double Mean(string arm) => finals[arm].MeanOfSites["accuracy"]!.Value;
        double Pooled(string arm) => finals[arm].Pooled["accuracy"]!.Value;
    }
}
