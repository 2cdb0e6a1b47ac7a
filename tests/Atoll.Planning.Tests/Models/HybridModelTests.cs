using Atoll.Experiments;
using Atoll.Planning.File;
using Atoll.Planning.Models;

namespace Atoll.Planning.Tests.Models;

public sealed class HybridModelTests
{
    private static readonly string Site = "{ hardware: { achieved: 100 TFLOP/s, power: 700 W, idle-power: 100 W, embodied: 164 kg, price: 3 $/h }, count: 8, pue: 1.2, grid: DE }";

    private static readonly string Text = $$"""
        name: hybrid
        workload: { parameters: 1 B, tokens: 1 B, batch-tokens: 1 M, step-time: 1 s }
        sites:
          a1: {{Site}}
          a2: {{Site}}
          b1: {{Site}}
          b2: {{Site}}
          b3: {{Site}}
        links:
          - { between: [a1, a2], bandwidth: 10 Gbit/s, latency: 0 s }
          - { between: [b1, b2], bandwidth: 4 Gbit/s, latency: 0 s }
          - { between: [b1, b3], bandwidth: 8 Gbit/s, latency: 0 s }
          - { between: [a1, b1], bandwidth: 1 Gbit/s, latency: 50 ms }
        arms:
          hybrid: { kind: hybrid, regions: { a: { sites: [a1, a2] }, b: { sites: [b1, b2, b3] } }, regional-rounds: 5, inner-steps: 20, bits: 16 }
        """;

    [Fact]
    public void Rounds_in_regions_and_averages_between_them_add_up_by_hand()
    {
        ArmOutcome outcome = PlanText.Read(Text).Outcome("hybrid");

        // 1,000 steps are 50 rounds and 10 averages; 16 Gbit: 3.2 s in region a, 8 s in region b, 16.05 s between them
        outcome.ComputeSeconds.ShouldBe(1000, 1e-9);
        outcome.WallClockSeconds.ShouldBe(1000 + 50 * 8 + 10 * 16.05, 1e-6);
        double mean = (2 * 3.2 + 3 * 8) / 5;
        outcome.ExposedCommunicationSeconds.ShouldBe(50 * mean + 10 * 16.05, 1e-6);
        outcome.WaitingSeconds.ShouldBe(50 * (8 - mean), 1e-6);
        outcome.Utilization.ShouldBe(1000 / outcome.WallClockSeconds, 1e-12);
        outcome.LossRatio.ShouldBeNull();
    }

    [Fact]
    public void Links_inside_regions_carry_every_round_and_those_between_every_average()
    {
        ArmOutcome outcome = PlanText.Read(Text).Outcome("hybrid");

        outcome.LinkBits["a1-a2"].ShouldBe(50 * 32e9, 1);
        outcome.LinkBits["b1-b3"].ShouldBe(50 * 32e9, 1);
        outcome.LinkBits["a1-b1"].ShouldBe(10 * 32e9, 1);
    }

    [Fact]
    public void Every_output_has_its_formula_with_inputs_that_exist()
    {
        PreparedPlan plan = PlanText.Read(Text);
        PreparedArm arm = plan.Arm("hybrid");

        arm.Model.Formulas.Select(f => f.Output).Order().ShouldBe(Output.All.Select(o => o.Name).Where(n => n != "movement-hours").Order());
        arm.Model.Formulas.SelectMany(f => f.Inputs).ShouldAllBe(path => plan.Inputs.Find(path) != null);
        arm.Privacy.CoordinatorSees.ShouldContain("(a1, b1)");
    }

    [Fact]
    public void A_site_that_cannot_reach_its_regions_coordinator_is_refused() =>
        Should.Throw<ExperimentFileException>(() => PlanText.Read(Text.Replace("between: [b1, b3]", "between: [b2, b3]", StringComparison.Ordinal)))
            .Message.ShouldContain("no links lead from b3 to b1");
}
