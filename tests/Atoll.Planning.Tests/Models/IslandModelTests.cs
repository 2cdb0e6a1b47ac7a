using Atoll.Experiments;
using Atoll.Planning.File;
using Atoll.Planning.Models;

namespace Atoll.Planning.Tests.Models;

public sealed class IslandModelTests
{
    /// <summary>The setting of Douillard et al. 2025, Table 4, 1 B.</summary>
    private const string Table4 = """
        name: table-4
        workload: { parameters: 1 B, layers: 24, tokens: 20 B, batch-tokens: 1048576, step-time: 0.1 s }
        sites:
          a: { hardware: { achieved: 400 TFLOP/s, power: 700 W, embodied: 164 kg, price: 2.95 $/h }, count: 8, pue: 1.1, grid: { intensity: 20 g/kWh } }
          b: { hardware: { achieved: 400 TFLOP/s, power: 700 W, embodied: 164 kg, price: 2.95 $/h }, count: 8, pue: 1.1, grid: { intensity: 20 g/kWh } }
        links:
          - { between: [a, b], bandwidth: 10 Gbit/s, latency: 0 s }
        arms:
          parallel: { kind: data-parallel, sites: [a, b] }
          diloco: { kind: diloco, sites: [a, b], inner-steps: 100 }
          streaming: { kind: streaming-diloco, sites: [a, b], inner-steps: 100, overlap: 1, bits: 4 }
        """;

    /// <summary>The setting of Charles et al. 2025's wall-clock hours, with the low network.</summary>
    private const string Idealized = """
        name: idealized
        workload: { parameters: 10 B, layers: 48, tokens: 200 B, batch-tokens: 2097152 }
        sites:
          a: { hardware: { achieved: 300 TFLOP/s, power: 700 W, embodied: 164 kg, price: 2.95 $/h }, count: 512, pue: 1.1, grid: DE }
          b: { hardware: { achieved: 300 TFLOP/s, power: 700 W, embodied: 164 kg, price: 2.95 $/h }, count: 512, pue: 1.1, grid: US }
        links:
          - { between: [a, b], bandwidth: 10 Gbit/s, latency: 10 ms }
        arms:
          parallel: { kind: data-parallel, sites: [a, b], timing: idealized }
          diloco: { kind: diloco, sites: [a, b], inner-steps: 30, timing: idealized }
          streaming: { kind: streaming-diloco, sites: [a, b], inner-steps: 30, bits: 16, timing: idealized }
        """;

    private const double GridStep = 4 / 49.0; // of the published grid, in decades

    [Theory]
    [InlineData("parallel", new[] { 86.8, 152.6, 184.2, 222.3, 569 })]
    [InlineData("diloco", new[] { 1.4, 6.2, 13.3, 23.3, 86.8 })]
    [InlineData("streaming", new[] { 0.4, 0.9, 1.7, 2.0, 3.0 })]
    public void A_plan_file_solved_for_bandwidth_meets_Table_4_within_one_step_of_its_grid(string arm, double[] publishedGigabits)
    {
        PreparedPlan plan = PlanText.Read(Table4);
        double[] utilizations = [0.5, 0.8, 0.9, 0.95, 0.99];
        for (int i = 0; i < utilizations.Length; i++)
        {
            double gigabits = plan.Solve(arm, "links.a-b.bandwidth", o => o.Utilization, utilizations[i], 1e6, 1e15) / 1e9;

            Steps(gigabits, publishedGigabits[i]).ShouldBeLessThanOrEqualTo(1, $"{arm} at {utilizations[i]}: {gigabits}");
        }

        static int Steps(double found, double published) =>
            Math.Abs((int)Math.Ceiling((Math.Log10(found) + 1) / GridStep - 1e-9) - (int)Math.Round((Math.Log10(published) + 1) / GridStep));
    }

    [Theory]
    [InlineData(400e9, 1e-4, 21.17, 21.86)]
    [InlineData(100e9, 1e-3, 84.71, 23.98)]
    [InlineData(10e9, 1e-2, 847.15, 49.39)]
    public void Idealized_arms_give_the_published_hours(double bandwidth, double latency, double dataParallelHours, double diLoCoHours)
    {
        PreparedPlan plan = PlanText.Read(Idealized);
        (string, double)[] network = [("links.a-b.bandwidth", bandwidth), ("links.a-b.latency", latency)];
        ArmOutcome parallel = plan.Outcome("parallel", network), diLoCo = plan.Outcome("diloco", network), streaming = plan.Outcome("streaming", network);

        (parallel.ComputeSeconds / 3600).ShouldBe(10.85, 10.85 * 0.005);
        (parallel.ExposedCommunicationSeconds / 3600).ShouldBe(dataParallelHours, dataParallelHours * 0.005);
        (diLoCo.ExposedCommunicationSeconds / 3600).ShouldBe(diLoCoHours, diLoCoHours * 0.005);
        (streaming.ExposedCommunicationSeconds + streaming.HiddenCommunicationSeconds).ShouldBe(diLoCo.ExposedCommunicationSeconds, 1e-6 * diLoCo.ExposedCommunicationSeconds);
    }

    [Fact]
    public void Utilization_is_computing_over_all_the_time_and_waiting_costs_idle_power()
    {
        PreparedPlan plan = PlanText.Read(Table4);
        ArmOutcome outcome = plan.Outcome("diloco");

        outcome.Utilization.ShouldBe(outcome.ComputeSeconds / outcome.WallClockSeconds, 1e-12);
        (outcome.ComputeSeconds + outcome.ExposedCommunicationSeconds).ShouldBe(outcome.WallClockSeconds, 1e-6);
        outcome.ComputeSeconds.ShouldBe(20e9 / 1048576 * 0.1, 1e-6);
        double idlePower = plan.Inputs.Values()[plan.Inputs.Find("sites.a.hardware.idle-power")!.Value];
        double machines = 16 * (700 * outcome.ComputeSeconds + idlePower * outcome.ExposedCommunicationSeconds);
        (outcome.ComputeJoules + outcome.OverheadJoules).ShouldBe(1.1 * machines, 1e-6 * machines);
    }

    [Fact]
    public void Each_way_of_the_one_link_carries_the_model_once_an_exchange()
    {
        ArmOutcome outcome = PlanText.Read(Table4).Outcome("diloco");

        outcome.LinkBits["a-b"].ShouldBe(2 * 16e9 * (20e9 / 1048576 / 100), 1);
    }

    [Fact]
    public void Sites_of_different_speed_share_the_batch_by_their_rates()
    {
        PreparedPlan plan = PlanText.Read(Idealized);
        ArmOutcome outcome = plan.Outcome("diloco", ("sites.a.hardware.achieved", 150e12));

        outcome.WaitingSeconds.ShouldBe(0);
        outcome.ComputeSeconds.ShouldBe(6 * 10e9 * 200e9 / (512 * 450e12), 1);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1)]
    public void Around_a_ring_of_three_two_thirds_of_the_model_cross_the_slowest_link(double slowestGigabits)
    {
        string yaml = Table4.Replace("arms:", """
              - { between: [b, c], bandwidth: 40 Gbit/s, latency: 0 s }
              - { between: [c, a], bandwidth: 40 Gbit/s, latency: 0 s }
            arms:
              ring: { kind: diloco, sites: [a, b, c], inner-steps: 100 }
            """, StringComparison.Ordinal)
            .Replace("links:", "  c: { hardware: { achieved: 400 TFLOP/s, power: 700 W, embodied: 164 kg, price: 2.95 $/h }, count: 8, pue: 1.1, grid: { intensity: 20 g/kWh } }\nlinks:", StringComparison.Ordinal);
        ArmOutcome outcome = PlanText.Read(yaml).Outcome("ring", ("links.a-b.bandwidth", slowestGigabits * 1e9));

        double all = 2.0 / 3 * 16e9 / (slowestGigabits * 1e9), behind = 0.2 / 3 * 23 / 24; // backward of the first 23 layers hides some
        double exposed = Math.Max(all - behind, all / 24);
        outcome.ExposedCommunicationSeconds.ShouldBe(exposed * 20e9 / 1048576 / 100, 1e-6);
        outcome.LinkBits["b-c"].ShouldBe(2 * 2.0 / 3 * 16e9 * (20e9 / 1048576 / 100), 1);
    }

    [Fact]
    public void Along_a_tree_the_whole_model_crosses_each_link_and_latencies_add_up()
    {
        string yaml = Table4.Replace("arms:", """
              - { between: [b, c], bandwidth: 4 Gbit/s, latency: 20 ms }
            arms:
              tree: { kind: diloco, sites: [a, b, c], inner-steps: 100 }
            """, StringComparison.Ordinal)
            .Replace("links:", "  c: { hardware: { achieved: 400 TFLOP/s, power: 700 W, embodied: 164 kg, price: 2.95 $/h }, count: 8, pue: 1.1, grid: { intensity: 20 g/kWh } }\nlinks:", StringComparison.Ordinal);
        ArmOutcome outcome = PlanText.Read(yaml).Outcome("tree", ("links.a-b.latency", 0.01));

        double exposed = 16.0 / 4 + 0.03 - 0.2 / 3 * 23 / 24; // backward of the first 23 layers hides some
        outcome.ExposedCommunicationSeconds.ShouldBe(exposed * 20e9 / 1048576 / 100, 1e-6);
        outcome.LinkBits["a-b"].ShouldBe(2 * 16e9 * (20e9 / 1048576 / 100), 1);
    }

    [Fact]
    public void Every_time_has_its_formula_with_inputs_that_exist()
    {
        PreparedPlan plan = PlanText.Read(Table4);
        foreach (PreparedArm arm in plan.Arms)
        {
            arm.Model.Formulas.Select(f => f.Output).ShouldBeUnique();
            arm.Model.Formulas.SelectMany(f => f.Inputs).ShouldAllBe(path => plan.Inputs.Find(path) != null);
            arm.Model.Formulas.Select(f => f.Output).ShouldBeSubsetOf(Output.All.Select(o => o.Name));
            arm.Model.Formulas.Select(f => f.Output).Order().ShouldBe(Output.All.Select(o => o.Name).Where(n => n != "movement-hours").Order());
        }
        plan.Arm("streaming").Model.Formulas.Single(f => f.Output == "utilization").Inputs.ShouldContain("links.a-b.bandwidth");
    }

    [Fact]
    public void What_leaves_the_European_Economic_Area_is_said()
    {
        PreparedArm arm = PlanText.Read(Idealized).Arm("parallel");

        arm.Privacy.RawData.ShouldStartWith("nowhere");
        arm.Privacy.Facts.ShouldContain(f => f.Contains("leave the European Economic Area, for US", StringComparison.Ordinal));
    }

    [Fact]
    public void The_loss_of_DiLoCo_is_the_published_ratio_and_of_data_parallel_one()
    {
        PreparedPlan plan = PlanText.Read(Idealized);

        plan.Outcome("parallel").LossRatio.ShouldBe(1);
        plan.Outcome("diloco").LossRatio!.Value.ShouldBe(0.997801, 5e-6); // by hand: 18.768/18.129 · 10^(10 · −0.0016)
    }

    [Fact]
    public void An_overlap_as_long_as_the_inner_steps_is_refused() =>
        Should.Throw<ExperimentFileException>(() => PlanText.Read(Table4.Replace("overlap: 1", "overlap: 100", StringComparison.Ordinal)))
            .Message.ShouldContain("arms.streaming.overlap must be below inner-steps, 100 (was 100)");
}
