using System.Text.Json;
using System.Text.Json.Nodes;
using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Learning;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Catalog;
using Atoll.Learning.Models;
using Atoll.Learning.Tensors;
using Atoll.Planning.Workloads;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests;

/// <summary>The example that a newcomer runs first, once, from its file to its run folder.</summary>
public sealed class ThinPathTests(ThinPathTests.DigitsRun digits) : IClassFixture<ThinPathTests.DigitsRun>
{
    private const int Parameters = 64 * 64 + 64 + 64 * 10 + 10;

    [Fact]
    public void Fedavg_comes_within_three_points_of_pooling_the_digits()
    {
        double centralized = Accuracy("centralized"), fedavg = Accuracy("fedavg");

        centralized.ShouldBeGreaterThan(0.95); // scikit-learn's own example of this data, a support vector machine, has 0.97
        (centralized - fedavg).ShouldBeLessThan(0.03);
        Arm("fedavg").GapToBaseline!["accuracy"]!.Value.ShouldBe(fedavg - centralized, 1e-12);
    }

    [Fact]
    public void The_result_on_disk_is_the_result_that_was_returned_and_reads_back_strictly()
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(digits.Folder, "result.json"));

        RunResult read = JsonSerializer.Deserialize(bytes, RunResultJson.Default.RunResult)!;

        JsonSerializer.SerializeToUtf8Bytes(read, RunResultJson.Default.RunResult).ShouldBe(bytes);
        JsonSerializer.SerializeToUtf8Bytes(digits.Result, RunResultJson.Default.RunResult).ShouldBe(bytes);
        read.Finished.ShouldBe(Lab.Now);
        read.Data.Source.ShouldBe("digits.csv");
    }

    [Fact]
    public void The_result_has_every_member_that_is_promised()
    {
        JsonNode result = JsonNode.Parse(File.ReadAllText(Path.Combine(digits.Folder, "result.json")))!;

        Has(result, "name", "seed", "atoll", "machine", "data", "baseline", "arms");
        result["baseline"]!.GetValue<string>().ShouldBe("centralized");
        result["data"]!["sites"]!.AsArray().Count.ShouldBe(10);
        result["data"]!["sites"]!.AsArray().Sum(site => site!["trainRows"]!.GetValue<int>() + site["testRows"]!.GetValue<int>()).ShouldBe(1797);
        Has(result["data"]!["sites"]![0]!, "name", "trainRows", "testRows", "labels");
        foreach (JsonNode? arm in result["arms"]!.AsArray())
        {
            Has(arm!, "name", "kind", "rounds", "final", "parameters", "modelSha256", "bytesUp", "bytesDown", "flops", "seconds", "samplesPerSecond");
            (arm!["gapToBaseline"] is null).ShouldBe(arm["name"]!.GetValue<string>() == "centralized");
            arm["rounds"]!.AsArray().Select(round => round!["round"]!.GetValue<int>()).ShouldBe(Enumerable.Range(1, arm["rounds"]!.AsArray().Count));
            Has(arm["rounds"]![0]!, "round", "loss", "metrics", "seconds");
            Has(arm["final"]!, "perSite", "meanOfSites", "worstSite", "pooled");
            Has(arm["final"]!["perSite"]![0]!, "site", "metrics");
            Has(arm["final"]!["pooled"]!, "accuracy", "auc", "loss");
        }
    }

    [Fact]
    public void Every_model_is_on_disk_with_its_tensors_and_its_hash()
    {
        digits.Result.Arms.Select(arm => arm.Name).ShouldBe(["centralized", "local", "fedavg", "fedadam"]);
        foreach (ArmResult arm in digits.Result.Arms)
        {
            string file = Path.Combine(digits.Folder, "models", $"{arm.Name}.safetensors");
            SafetensorsFile.Sha256(file).ShouldBe(arm.ModelSha256);
            IReadOnlyList<NamedTensor> tensors = SafetensorsFile.Read(file).Tensors;
            string[] prefixes = arm.Kind == "local" ? [.. digits.Result.Data.Sites.Select(site => site.Name + "/")] : [""];
            tensors.Count.ShouldBe(4 * prefixes.Length);
            for (int i = 0; i < tensors.Count; i++)
            {
                tensors[i].Name.ShouldStartWith(prefixes[i / 4]);
                tensors[i].Values.ToArray().ShouldAllBe(value => float.IsFinite(value));
                tensors[i].Values.Length.ShouldBe(new[] { 64 * 64, 64, 640, 10 }[i % 4]);
            }
            arm.Parameters.ShouldBe(Parameters);
            ModelTensors.Parameters(new Mlp { Hidden = [64] }.Build(new Shape(64), 10), tensors.Where(t => t.Name.StartsWith(prefixes[^1], StringComparison.Ordinal)).ToList(), prefixes[^1]).Length.ShouldBe(Parameters);
        }
    }

    [Fact]
    public void The_experiment_in_the_run_folder_is_the_experiment_that_ran_with_what_it_left_open_filled_in()
    {
        Experiment written = ExperimentFile.Read(digits.Folder);

        written.Arms.Values.ShouldAllBe(arm => arm.Data.StandardizeTest == Standardization.None); // the file says how to scale, but not test rows
        Experiment asked = written with { Arms = written.Arms.ToDictionary(arm => arm.Key, arm => arm.Value with { Data = arm.Value.Data with { StandardizeTest = null } }) };
        ExperimentFile.Fingerprint(asked).ShouldBe(ExperimentFile.Fingerprint(digits.Ran));
    }

    [Fact]
    public void What_a_file_leaves_to_the_data_is_said_in_the_run_folder_and_in_the_settings()
    {
        using Lab lab = new();
        string folder = lab.NewFolder();

        RunResult result = lab.Run(lab.ThreeClasses(arms: "centralized: { kind: centralized, epochs: 1 }"), folder);

        Arm arm = ExperimentFile.Read(folder).Arms["centralized"];
        (arm.Data.Standardize, arm.Data.StandardizeTest).ShouldBe((Standardization.PerSite, Standardization.PerSite));
        arm.Metrics.ShouldNotBeEmpty();
        result.Arms[0].Settings["data.standardize"].ShouldBe("per-site");
        result.Arms[0].Settings["data.csv"].ShouldNotContain("/");
    }

    [Fact]
    public void Only_the_arms_that_were_asked_for_ran_and_the_baseline()
    {
        digits.Watcher.Seen.Where(seen => seen.EndsWith("done", StringComparison.Ordinal))
            .ShouldBe(["centralized/0 done", "local/0 done", "fedavg/0 done", "fedadam/0 done"]);
        digits.Plan.Arms.Select(arm => (arm.Name, arm.IsBaseline, arm.Rounds, arm.SitesPerRound)).ShouldBe(
            [("centralized", true, 100, 10), ("local", false, 100, 10), ("fedavg", false, 100, 10), ("fedadam", false, 100, 10)]);
    }

    [Fact]
    public void Catalog_data_says_its_licence_and_citation()
    {
        CatalogEntry entry = DataCatalog.Find("digits");

        string source = ExperimentData.SourceOf(new DataSettings { Catalog = "digits" });

        source.ShouldContain(entry.Licence);
        source.ShouldContain(entry.Citation);
        source.ShouldStartWith(entry.Title);
    }

    private static void Has(JsonNode node, params string[] names) => names.ShouldAllBe(name => node.AsObject().ContainsKey(name));

    private ArmResult Arm(string name) => digits.Result.Arms.Single(arm => arm.Name == name);

    private double Accuracy(string arm) => Arm(arm).Final!.Pooled["accuracy"]!.Value;

    /// <summary>One run for all of these tests, of the arms that they look at.</summary>
    public sealed class DigitsRun : IDisposable
    {
        private readonly Lab _lab = new();

        public DigitsRun()
        {
            Folder = _lab.NewFolder();
            Experiment whole = ExperimentFile.Read(Repository.Example("digits"));
            RunRequest request = _lab.Request(whole, Folder) with { Arms = ["fedadam", "local", "fedavg"] };
            ExperimentRun run = ExperimentRun.Prepare(request);
            Plan = run.Plan;
            Ran = whole with { Arms = whole.Arms.Where(arm => arm.Key is "centralized" or "local" or "fedavg" or "fedadam").ToDictionary() };
            Result = run.Execute(Watcher, CancellationToken.None);
        }

        public string Folder { get; }

        public Experiment Ran { get; }

        public RunResult Result { get; }

        internal RunPlan Plan { get; }

        internal Watcher Watcher { get; } = new();

        public void Dispose() => _lab.Dispose();
    }
}
