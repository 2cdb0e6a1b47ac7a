using System.Runtime.InteropServices;
using System.Text.Json;
using Atoll.Client;
using Atoll.Experiments;
using Atoll.Experiments.Live;
using Atoll.Experiments.Protocol;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Catalog;
using Atoll.Learning.Data.Schema;
using Atoll.Learning.Models;
using Atoll.Ledger.Signing;
using Atoll.Planning.Workloads;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests;

/// <summary>Experiments taken apart into one CSV file a site, each prepared by itself, held against what a run here trains on.</summary>
public sealed class SiteDataTests : IDisposable
{
    private static readonly PublicKey Key = NewKey();

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [SkippableFact]
    public void Hospitals_that_prepare_their_own_files_train_on_the_rows_of_the_simulation() =>
        Compare(ExperimentFile.Read(Repository.Example("hospitals")), HeartDisease()).ShouldBe(["Cleveland", "Hungary", "Switzerland", "Long Beach"]);

    [Fact]
    public void Sites_of_digits_that_prepare_their_own_files_train_on_the_rows_of_the_simulation() =>
        Compare(ExperimentFile.Read(Repository.Example("digits"))).Count.ShouldBe(10);

    [Fact]
    public void Images_of_the_catalog_come_back_from_their_pixels() => Compare(_lab.Parse("""
        name: images
        data: { catalog: digits, standardize: per-site }
        partition: { kind: shards, sites: 6, shards-per-site: 2 }
        model: { kind: mlp, hidden: [4] }
        training: { optimizer: { kind: sgd, learning-rate: 0.05 }, batch-size: 16 }
        arms:
          fedavg: { kind: federated, rounds: 1 }
          raw: { kind: federated, rounds: 1, data: { standardize: none }, local-objective: { kind: scaffold } }
        """)).Count.ShouldBe(6);

    [Fact]
    public void Natural_sites_whose_test_rows_are_drawn_draw_the_same_alone() => Compare(_lab.ThreeClasses("fedavg: { kind: federated, rounds: 1 }")).Count.ShouldBe(4);

    [Fact]
    public void What_does_not_fit_is_said_with_file_and_line_before_the_site_joins()
    {
        Experiment experiment = _lab.ThreeClasses("fedavg: { kind: federated, rounds: 1 }");
        Table site = ExperimentData.Apart(experiment.Arms["fedavg"], experiment.Seed).First();
        string[] header = [.. site.Columns];
        string column = header[0];
        string path = _lab.Write("mine.csv", string.Join(',', header) + "\n" + string.Join("\n", site.Rows.Select((row, i) => string.Join(',', i == 2 ? [$"{row.Cells[0]}x", .. row.Cells[1..]] : row.Cells))));

        Should.Throw<DataException>(() => SiteData.Read(experiment, site.Name, 0, [path])).Message.ShouldStartWith($"mine.csv:4: '{column}' must be a number as in most rows, but is ");
    }

    [Fact]
    public void A_site_that_is_not_invited_is_refused()
    {
        RunDescription description = new()
        {
            Run = "r", Key = Key, Experiment = ExperimentFile.Write(_lab.ThreeClasses("fedavg: { kind: federated, rounds: 1 }")), Site = "d", Sites = ["a", "b"],
        };

        Should.Throw<DataException>(() => SiteData.Read(description, [_lab["rows.csv"]])).Message.ShouldBe("Site 'd' must be one of the run's sites, but those are a, b.");
    }

    [Fact]
    public void Why_an_experiment_cannot_be_live_is_said_with_its_arm()
    {
        LiveArms.Obstacle(_lab.ThreeClasses("fedavg: { kind: federated, rounds: 1 }")).ShouldBeNull();
        LiveArms.Obstacle(_lab.ThreeClasses("fedavg: { kind: federated, rounds: 1, data: { standardize: pooled } }")).ShouldNotBeNull().ShouldStartWith("Arm fedavg: standardize: pooled needs");
        LiveArms.Obstacle(_lab.ThreeClasses("alone: { kind: local, epochs: 1 }")).ShouldBe("A run across machines needs at least one arm of kind federated, but the experiment has none.");
        LiveArms.Obstacle(_lab.ThreeClasses("""
            one: { kind: federated, rounds: 1 }
              two: { kind: federated, rounds: 1, data: { site: null }, partition: { kind: iid, sites: 3 } }
            """)).ShouldBe("Arms one and two must have the same sites, because a site has the same rows in all arms, but their partition or site column differs.");
    }

    /// <summary>Takes an experiment apart into files, prepares each site from its own by what all tell, and compares rows, and a first round's training, with the simulation.</summary>
    /// <returns>The sites.</returns>
    private IReadOnlyList<string> Compare(Experiment experiment, string? dataFolder = null)
    {
        experiment.Arms.Values.OfType<FederatedArm>().ShouldNotBeEmpty();
        LiveArms.Obstacle(experiment).ShouldBeNull();
        Arm first = LiveArms.Of(experiment).First().Value;
        Table[] tables = [.. ExperimentData.Apart(first, experiment.Seed, dataFolder)];
        for (int i = 0; i < tables.Length; i++)
        {
            CsvFile.Write(tables[i], _lab[$"{i}.csv"]);
        }
        RunDescription description = new()
        {
            Run = "r", Key = Key, Experiment = ExperimentFile.Write(experiment), Site = "", Sites = [.. tables.Select(table => table.Name)],
        };
        SiteData[] sites = [.. tables.Select((table, i) => SiteData.Read(description with { Site = table.Name }, [_lab[$"{i}.csv"]]))];
        Dictionary<string, DataSchema> schemas = Sent(LiveArms.Schemas(experiment, Sent(sites.Reverse().ToDictionary(site => site.Site, site => site.Summaries))
            .ToDictionary(site => site.Key, site => (IReadOnlyDictionary<string, TableSummary>)site.Value)));
        IReadOnlyDictionary<string, PreparedData>[] prepared = [.. sites.Select(site => site.Prepare(schemas))];

        LoadedExperiment simulated = LoadedExperiment.Load(experiment, experiment.Seed, dataFolder);
        foreach ((string name, FederatedArm arm) in LiveArms.Of(experiment))
        {
            LoadedArm loaded = simulated.Arms[name];
            schemas[name].Sample().ShouldBe(loaded.Data.Data.Sample);
            schemas[name].Classes.ShouldBe(loaded.Data.Data.Classes);
            for (int site = 0; site < sites.Length; site++)
            {
                SitedDataset own = prepared[site][name].Sited;
                SiteRows alone = own.Sites.ShouldHaveSingleItem(), among = loaded.Data.Sites[site];
                alone.Name.ShouldBe(among.Name);
                sites[site].Least(name).Sample.Size.ShouldBeInRange(1, own.Data.Sample.Size);
                sites[site].Least(name).Classes.ShouldBeInRange(2, own.Data.Classes.Count);
                Bits(own.Data, alone.Train).ShouldBe(Bits(loaded.Data.Data, among.Train));
                Bits(own.Data, alone.Test).ShouldBe(Bits(loaded.Data.Data, among.Test));
                SiteData.Count(prepared[site][name]).TrainRows.ShouldBe(among.Train.Length);
                SiteData.Count(prepared[site][name]).Labels.ShouldBe(loaded.Facts.Sites[site].Labels, ignoreOrder: true);
                Trained(arm, loaded.Network, own.Data, alone.Train, site, experiment.Seed).ShouldBe(Trained(arm, loaded.Network, loaded.Data.Data, among.Train, site, experiment.Seed));
            }
        }
        if (LiveArms.Sites(experiment) is { } known)
        {
            known.ShouldBe(description.Sites);
        }
        return description.Sites;
    }

    private static PublicKey NewKey()
    {
        using SigningKey key = SigningKey.Create();
        return key.PublicKey;
    }

    private static byte[] Trained(FederatedArm arm, Network network, Dataset data, int[] rows, int site, ulong seed)
    {
        float[] state = arm.LocalObjective.KeepsSiteState ? new float[network.ParameterCount] : [], control = arm.LocalObjective.ExchangesControl ? new float[network.ParameterCount] : [];
        RoundTask task = new() { Round = 1, Weights = network.Initialize(seed), Control = control, LocalSteps = 7 };
        return [.. MemoryMarshal.AsBytes<float>(new SiteTraining(network, arm.Training, arm.LocalObjective, data).Train(task, site, rows, state, seed, CancellationToken.None).Update)];
    }

    private static byte[] Bits(Dataset data, int[] rows) => [.. rows.SelectMany(row => MemoryMarshal.AsBytes<float>([.. data.Row(row), data.Targets[row]]).ToArray())];

    /// <summary>As it comes out at the other end of a connection.</summary>
    private static Dictionary<string, T> Sent<T>(IReadOnlyDictionary<string, T> what) => JsonSerializer.Deserialize<Dictionary<string, T>>(JsonSerializer.Serialize(what))!;

    private string HeartDisease()
    {
        CatalogEntry entry = DataCatalog.Find("heart-disease");
        string files = Repository.Shared(Path.Combine("data", "heart-disease"));
        CatalogCache cache = new(_lab["data"]);
        foreach (CatalogFile file in entry.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(cache.PathOf(entry, file))!);
            File.Copy(Path.Combine(files, file.Name), cache.PathOf(entry, file));
        }
        return cache.Root;
    }
}
