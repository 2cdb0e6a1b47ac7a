using System.Text.Json;
using System.Text.Json.Nodes;
using Atoll.Planning.File;
using Atoll.Planning.Models;
using Atoll.Planning.Results;

namespace Atoll.Planning.Tests.Models;

/// <summary>Workloads and links of which little is known: what follows from that little is told, and what does not is said to be unknown.</summary>
public sealed class SparseWorkloadTests
{
    private const string TwoSites = """

        sites:
          a: { hardware: { power: 700 W, achieved: 300 TFLOP/s }, count: 100 }
          b: { hardware: { power: 700 W, achieved: 300 TFLOP/s }, count: 100 }
        links:
          - { between: [a, b], bandwidth: 10 Gbit/s }
        arms:
          parallel:  { kind: data-parallel, sites: [a, b] }
          islands:   { kind: diloco, sites: [a, b], inner-steps: 100 }
          streaming: { kind: streaming-diloco, sites: [a, b], inner-steps: 100, fragments: 8, overlap: 1, bits: 4 }
        """;

    /// <summary>Douillard et al. 2025, arXiv 2501.18512, Table 4, 1 B parameters: Gbit/s from which the compute utilization is reached, on logspace(−1, 3, 50); to one step of that grid.</summary>
    [Theory]
    [InlineData("parallel", new[] { 86.8, 152.6, 184.2, 222.3, 569 })]
    [InlineData("islands", new[] { 1.4, 6.2, 13.3, 23.3, 86.8 })]
    [InlineData("streaming", new[] { 0.4, 0.9, 1.7, 2.0, 3.0 })]
    public void A_step_time_and_a_bandwidth_are_all_that_the_published_utilization_needs(string arm, double[] published)
    {
        PreparedPlan plan = PlanText.Read("name: published\nworkload: { parameters: 1 B, layers: 24, step-time: 0.1 s }" + TwoSites);
        double step = Math.Pow(10, 4.0 / 49);

        foreach ((double gigabits, double reached) in published.Zip([0.5, 0.8, 0.9, 0.95, 0.99]))
        {
            double bandwidth = plan.Solve(arm, "links.a-b.bandwidth", o => o.Utilization, reached, 1e7, 1e13) / 1e9;
            bandwidth.ShouldBeInRange(gigabits / step, gigabits * step, $"{arm} at {reached}");
        }
        plan.Notes.ShouldContain(n => n.Contains("those of one step"));
        plan.Notes.ShouldContain(n => n.Contains("Neither latency nor distance is given of a-b"));
    }

    [Theory]
    [InlineData("parameters: 10 B, layers: 8, flops: 1.2e22, batch-tokens: 2097152")]
    [InlineData("parameters: 10 B, layers: 8, steps: 95367.431640625, batch-tokens: 2097152")]
    public void Tokens_follow_from_operations_or_from_steps(string workload)
    {
        ArmOutcome outcome = Islands(workload), expected = Islands("parameters: 10 B, layers: 8, tokens: 200 B, batch-tokens: 2097152");

        outcome.Flops.ShouldBe(6 * 10e9 * 200e9, 1e10);
        outcome.ComputeSeconds.ShouldBe(expected.ComputeSeconds, 1e-6);
        outcome.WallClockSeconds.ShouldBe(expected.WallClockSeconds, 1e-6);

        static ArmOutcome Islands(string workload) => PlanText.Read($"name: sparse\nworkload: {{ {workload} }}{TwoSites}").Outcome("islands");
    }

    [Fact]
    public void Where_nothing_tells_the_operations_all_but_the_cost_of_one_is_told()
    {
        PlanResult result = Planner.Plan(PlanText.Read("""
            name: llama-2
            workload: { steps: 184320, step-time: 1 h }
            sites:
              one: { hardware: { power: 400 W }, pue: 1, grid: { intensity: 0.4234 t/MWh } }
            arms:
              one: { kind: centralized, site: one }
            """));

        result.Arms[0].CarbonKg.LocationBased.ShouldBe(31_220, 10);
        result.Arms[0].CostPerExaflopUsd.ShouldBeNull();
        result.Arms[0].Range.Keys.ShouldNotContain("costPerExaflopUsd");
    }

    [Fact]
    public void What_is_not_known_is_null_in_the_JSON_and_not_missing()
    {
        PlanResult result = Planner.Plan(PlanText.Read("""
            name: devices
            workload: { parameters: 1 M, steps: 100, step-time: 1 s, samples: 1000, batch-samples: 10 }
            sites:
              homes: { hardware: { power: 3 W }, count: 10, clients: 10, link: { bandwidth: 10 Mbit/s } }
            arms:
              federated: { kind: federated, sites: [homes], rounds: 5 }
            """));

        JsonNode arm = JsonNode.Parse(JsonSerializer.Serialize(result, PlanResultJson.Default.PlanResult))!["arms"]![0]!;
        arm.AsObject().ContainsKey("lossRatio").ShouldBeTrue();
        arm.AsObject().ContainsKey("costPerExaflopUsd").ShouldBeTrue();
        arm["lossRatio"].ShouldBeNull();
    }
}
