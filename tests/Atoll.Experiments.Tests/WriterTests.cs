using Atoll.Federation.LocalObjectives;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Experiments.Tests;

public sealed class WriterTests
{
    [Fact]
    public void Any_experiment_reads_back_from_anywhere_to_an_equal_one() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Experiment experiment = new RandomExperiment(seed).Draw();
            string written = ExperimentFile.Write(experiment);

            Experiment back = ExperimentFile.Parse(written, written, Path.GetFullPath("elsewhere"));

            back.ShouldHoldTheSameAs(experiment with { Folder = back.Folder });
            back.Arms.Keys.ShouldBe(experiment.Arms.Keys);
            ExperimentFile.Write(back).ShouldBe(written);
            ExperimentFile.Fingerprint(back).ShouldBe(ExperimentFile.Fingerprint(experiment));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void The_resolved_file_spells_out_what_was_inherited_and_what_was_left_to_defaults()
    {
        string written = ExperimentFile.Write(Examples.Parse(Examples.Small(arms: "  f: { kind: federated, training: { local-epochs: { min: 2, max: 2 } } }")));

        written.ShouldStartWith("name: small\nseed: 1\narms:\n  centralized:\n    kind: centralized\n    epochs: 20\n    data: { catalog: digits, ");
        string[] arm = [.. written[written.IndexOf("\n  f:\n", StringComparison.Ordinal)..].Split('\n').Select(l => l.Trim())];
        string[] expected =
        [
            "kind: federated", "rounds: 10", "selection: { kind: all }", "local-objective: { kind: plain }", "aggregation: { kind: fed-avg, weights: rows }",
            "partition: { kind: iid, sites: 4 }", "model: { kind: logistic }", "learning-rate: 0.1", "batch-size: 32",
            "local-epochs: 2", "metrics: []", "evaluate-every: 1",
        ];
        arm.Where(expected.Contains).ShouldBe(expected);
    }

    [Fact]
    public void The_fingerprint_tells_experiments_apart()
    {
        Experiment experiment = Examples.Parse(Examples.Hospitals);
        FederatedArm prox = (FederatedArm)experiment.Arms["fedprox"];
        Dictionary<string, Arm> changed = new(experiment.Arms) { ["fedprox"] = prox with { LocalObjective = new FedProx { Mu = 0.010000001f } } };
        Experiment[] all =
        [
            experiment,
            experiment with { Seed = 8 },
            experiment with { Name = "clinics" },
            experiment with { Arms = changed },
            Examples.Parse(Examples.Hospitals.Replace("hungary", "switzerland")),
            Examples.Parse(Examples.Hospitals.Replace("  local:       { kind: local, epochs: 50 }\n", "")),
        ];

        all.Select(ExperimentFile.Fingerprint).ShouldBeUnique();
    }

    [Fact]
    public void The_fingerprint_does_not_see_comments_spacing_or_what_is_inherited()
    {
        string spelled = Examples.Hospitals.Replace("seed: 7", "seed:   7   # lucky").Replace("local-steps: 100 }", "local-steps: 100 }\nrounds: 15").Replace(", rounds: 15", "");

        ExperimentFile.Fingerprint(Examples.Parse(spelled)).ShouldBe(ExperimentFile.Fingerprint(Examples.Parse(Examples.Hospitals)));
    }

    [Fact]
    public void The_fingerprint_is_64_hexadecimal_digits() => ExperimentFile.Fingerprint(Examples.Parse(Examples.Small())).ShouldMatch("^[0-9a-f]{64}$");
}
