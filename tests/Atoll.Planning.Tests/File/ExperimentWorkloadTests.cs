using Atoll.Experiments;
using Atoll.Planning.File;

namespace Atoll.Planning.Tests.File;

/// <summary>A plan whose workload is an experiment: what is trained is counted from it, and what is wrong with it is said once, at the plan's line.</summary>
public sealed class ExperimentWorkloadTests : IDisposable
{
    private const string Plan = """
        name: counted
        workload: { experiment: hand }
        sites:
          a: { hardware: { achieved: 1 GFLOP/s, power: 10 W }, pue: 1 }
          b: { hardware: { achieved: 1 GFLOP/s, power: 10 W }, pue: 1 }
        links:
          - { between: [a, b], bandwidth: 1 Mbit/s, latency: 1 ms }
        arms:
          alone:   { kind: centralized, site: a }
          islands: { kind: streaming-diloco, sites: [a, b], inner-steps: 10, fragments: FRAGMENTS, overlap: 1 }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("atoll-counted-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>2 inputs and 1 output: 13 operations a sample (forward 2·2, loss 4, backward 2·2 + 1). 8 rows × 10 passes × 13 = 1,040; 2 steps of 4 rows a pass are 20.</summary>
    [Fact]
    public void Operations_parameters_and_steps_are_counted_and_not_estimated()
    {
        PreparedPlan plan = Read("linear", fragments: 1);

        Plans.Outcome(plan).Flops.ShouldBe(1040);
        plan.InputAt("workload.parameters").Value.ShouldBe(3);
        plan.InputAt("workload.steps").Value.ShouldBe(20);
        plan.InputAt("workload.flops").Origin.Source.ShouldBe("counted from the experiment hand, arm centralized");
    }

    /// <summary>Two layers of a perceptron with one hidden layer have parameters: (2 + 1) × 3 + (3 + 1) × 1 = 13.</summary>
    [Fact]
    public void Layers_are_those_of_the_experiments_model()
    {
        Read("mlp, hidden: [3]", fragments: 2).InputAt("workload.parameters").Value.ShouldBe(13);

        Should.Throw<ExperimentFileException>(() => Read("mlp, hidden: [3]", fragments: 3)).Problems.ShouldHaveSingleItem()
            .Message.ShouldContain("arms.islands.fragments must be at most the layers of the experiment's model, 2 (was 3)");
    }

    [Theory]
    [InlineData("{ csv: [gone.csv], label: y, task: regression }", "workload.experiment must be an experiment whose data are at hand.")]
    [InlineData("{ csv: [rows.csv], label: z, task: regression }", "workload.experiment must be an experiment")]
    [InlineData("{ csv: [rows.csv], labels: y }", "workload.experiment must be an experiment that can be read.")]
    public void What_is_wrong_with_the_experiment_is_said_once_and_at_the_plans_line(string data, string message)
    {
        Problem problem = Should.Throw<ExperimentFileException>(() => Read("linear", fragments: 8, data)).Problems.ShouldHaveSingleItem();

        problem.Line.ShouldBe(2);
        problem.Message.ShouldContain(message);
    }

    private PreparedPlan Read(string model, int fragments, string data = "{ csv: [rows.csv], label: y, task: regression, test-fraction: 0.2, standardize: none }")
    {
        string experiment = Directory.CreateDirectory(Path.Combine(_folder, "hand")).FullName;
        System.IO.File.WriteAllText(Path.Combine(experiment, "rows.csv"), "a,b,y\n" + string.Concat(Enumerable.Range(1, 10).Select(i => $"{i},{i % 3},{i + 1}\n")));
        System.IO.File.WriteAllText(Path.Combine(experiment, "experiment.yaml"), $$"""
            name: hand
            seed: 1
            data: {{data}}
            partition: { kind: iid, sites: 2 }
            model: { kind: {{model}} }
            training: { optimizer: { kind: sgd, learning-rate: 0.01 }, batch-size: 4 }
            arms:
              centralized: { kind: centralized, epochs: 10 }
            """);
        return Plans.Read(Plan.Replace("FRAGMENTS", $"{fragments}", StringComparison.Ordinal), _folder);
    }
}
