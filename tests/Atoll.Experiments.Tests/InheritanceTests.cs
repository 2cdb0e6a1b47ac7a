using Atoll.Federation.Selection;
using Atoll.Learning.Optimizers;
using Atoll.Learning.Partitioning;

namespace Atoll.Experiments.Tests;

public sealed class InheritanceTests
{
    [Fact]
    public void A_mapping_is_merged_field_by_field()
    {
        TrainingSettings training = Arm("training: { batch-size: 4, optimizer: { kind: sgd, learning-rate: 0.5 } }", "training: { local-steps: 9 }").Training;

        (training.BatchSize, training.LocalSteps, training.Optimizer.LearningRate).ShouldBe((4, 9, 0.5f));
    }

    [Fact]
    public void A_field_of_a_nested_record_is_overridden_without_repeating_its_kind() =>
        Arm("", "training: { optimizer: { learning-rate: 3 } }").Training.Optimizer.ShouldBeOfType<Sgd>().LearningRate.ShouldBe(3f);

    [Fact]
    public void Another_kind_replaces_all_of_the_inherited_mapping() =>
        Arm("", "training: { optimizer: { kind: adam, learning-rate: 3 } }").Training.Optimizer.ShouldBeOfType<Adam>().LearningRate.ShouldBe(3f);

    [Fact]
    public void Another_kind_inherits_no_field_of_the_first() =>
        Examples.Problems(Examples.Small(arms: "  a: { kind: federated, training: { optimizer: { kind: adam } } }"))
            .ShouldBe(["e.yaml:8:48: arms.a.training.optimizer.learning-rate is missing: must be a number."]);

    [Fact]
    public void A_list_is_replaced() => Arm("metrics: [auc, f1]", "metrics: [loss]").Metrics.ShouldBe([Metric.Loss]);

    [Theory]
    [InlineData("training: { local-steps: 5, optimizer: { kind: sgd, learning-rate: 1 } }", "training: { local-epochs: 2 }")]
    [InlineData("training: { local-epochs: 5, optimizer: { kind: sgd, learning-rate: 1 } }", "training: { local-steps: 2 }")]
    [InlineData("data: { catalog: digits, split: s }", "data: { test-fraction: 0.3 }")]
    [InlineData("data: { catalog: digits, test-fraction: 0.3 }", "data: { split: s }")]
    [InlineData("data: { catalog: digits }", "data: { csv: [a.csv], label: y }")]
    [InlineData("data: { csv: [a.csv], label: y }", "data: { catalog: digits }")]
    [InlineData("data: { catalog: digits, features: [a] }", "data: { ignore: [b] }")]
    [InlineData("data: { catalog: digits, ignore: [a] }", "data: { features: [b] }")]
    [InlineData("selection: { kind: uniform, fraction: 0.5 }", "selection: { count: 3 }")]
    [InlineData("selection: { kind: uniform, count: 3 }", "selection: { fraction: 0.5 }")]
    public void An_own_field_drops_the_inherited_one_that_it_excludes(string top, string own)
    {
        string name = own.Split("{ ")[1].Split(':')[0];
        string other = Binding.Alternatives.Of(name)!;

        string written = ExperimentFile.Write(new Experiment { Name = "x", Baseline = "a", Arms = new Dictionary<string, Arm> { ["a"] = Arm(top, own) } });

        written.ShouldContain(name + ":");
        written.ShouldNotContain(other + ":");
    }

    [Fact]
    public void Every_pair_of_alternatives_exists_in_some_record() =>
        Binding.Alternatives.All.Where(a => !Records.All.Any(a.ConcernsBoth)).ShouldBeEmpty();

    [Theory]
    [InlineData("none")]
    [InlineData("null")]
    [InlineData("~")]
    public void An_inherited_partition_is_taken_away(string nothing) => Arm("", $"partition: {nothing}").Partition.ShouldBeNull();

    [Fact]
    public void An_inherited_value_is_taken_away() => Arm("data: { catalog: digits, split: s }", "data: { split: null }").Data.Split.ShouldBeNull();

    [Fact]
    public void A_shared_field_concerns_only_the_arms_that_have_it()
    {
        Experiment experiment = Examples.Parse(Examples.Small("rounds: 7\nepochs: 3\nselection: { kind: uniform, count: 2 }", "  l: { kind: local }\n  f: { kind: federated }"));

        experiment.Arms["centralized"].ShouldBeOfType<CentralizedArm>().Epochs.ShouldBe(3);
        experiment.Arms["l"].ShouldBeOfType<LocalArm>().Epochs.ShouldBe(3);
        FederatedArm federated = experiment.Arms["f"].ShouldBeOfType<FederatedArm>();
        federated.Rounds.ShouldBe(7);
        federated.Selection.ShouldBeOfType<UniformSelection>().Count.ShouldBe(2);
    }

    [Fact]
    public void What_the_top_level_leaves_open_an_arm_may_complete()
    {
        Experiment experiment = Examples.Parse("""
            name: split
            data: { catalog: digits }
            model: { kind: mlp }
            training: { batch-size: 4, optimizer: { learning-rate: 0.1 } }
            arms:
              a: { kind: centralized, model: { hidden: [3] }, training: { optimizer: { kind: adam } } }
            """);

        experiment.Arms["a"].Training.Optimizer.ShouldBeOfType<Adam>().LearningRate.ShouldBe(0.1f);
    }

    [Theory]
    [InlineData("", "  a: { kind: federated, rounds: 15 }", 15)]
    [InlineData("rounds: 8", "  a: { kind: federated }", 8)]
    [InlineData("", "  a: { kind: federated }", 10)]
    [InlineData("", "  a: { kind: federated, rounds: 15, training: { local-epochs: 4 } }", 60)]
    [InlineData("", "  a: { kind: federated, rounds: 15, training: { local-epochs: { min: 1, max: 5 } } }", 75)]
    [InlineData("", "  a: { kind: federated, rounds: 15, training: { local-steps: 100 } }", 15)]
    [InlineData("", "  a: { kind: federated, rounds: 15 }\n  b: { kind: local, epochs: 70 }", 70)]
    [InlineData("epochs: 4", "  a: { kind: federated, rounds: 15 }", 4)]
    public void A_missing_baseline_is_added_first_and_trains_no_less_than_the_rest(string top, string arms, int epochs)
    {
        Experiment experiment = Examples.Parse(Examples.Small(top, arms));

        experiment.Arms.Keys.First().ShouldBe("centralized");
        experiment.Baseline.ShouldBe("centralized");
        experiment.Arms["centralized"].ShouldBeOfType<CentralizedArm>().Epochs.ShouldBe(epochs);
        experiment.Arms["centralized"].Partition.ShouldBe(new Iid { Sites = 4 });
    }

    [Fact]
    public void The_first_centralized_arm_is_the_baseline_wherever_it_stands()
    {
        Experiment experiment = Examples.Parse(Examples.Small(arms: "  a: { kind: local }\n  b: { kind: centralized }\n  c: { kind: centralized }"));

        experiment.Baseline.ShouldBe("b");
        experiment.Arms.Keys.ShouldBe(["a", "b", "c"]);
    }

    /// <summary>An arm that inherits the small file with its top level's fields replaced by these.</summary>
    private static FederatedArm Arm(string top, string own)
    {
        string replaced = top.Split(':')[0] + ":";
        string[] small = Examples.Small("", $"  a: {{ kind: federated, {own} }}").Split('\n');
        string text = string.Join('\n', small.Where(l => replaced == ":" || !l.StartsWith(replaced, StringComparison.Ordinal)));
        return (FederatedArm)Examples.Parse(top + "\n" + text).Arms["a"];
    }
}
