using Atoll.Planning.File;

namespace Atoll.Planning.Tests.Models;

/// <summary>One job in two regions, by every way that the catalogs and a link of 10 Gbit/s over 2,000 km allow.</summary>
public sealed class TwoRegionsTests
{
    private static readonly PreparedPlan Plan = PlanText.Read("""
        name: two-regions
        workload: { parameters: 10 B, layers: 48, tokens: 200 B, batch-tokens: 2097152, precision: bf16 }
        sites:
          frankfurt: { hardware: h100, count: 512, utilization: 0.4, pue: 1.2, grid: DE }
          lulea: { hardware: { achieved: 400 TFLOP/s, power: 700 W, embodied: 164 kg, price: 2.95 $/h }, count: 512, pue: 1.1, grid: { intensity: 15.9 g/kWh } }
        links:
          - { between: [frankfurt, lulea], bandwidth: 10 Gbit/s, distance: 2000 km, fibre: { built: 6.49 $/ft, lifetime: 20 y } }
        arms:
          frankfurt: { kind: centralized, site: frankfurt }
          parallel: { kind: data-parallel, sites: [frankfurt, lulea] }
          whole: { kind: diloco, sites: [frankfurt, lulea], inner-steps: 100 }
          islands: { kind: streaming-diloco, sites: [frankfurt, lulea], inner-steps: 100, fragments: 16, overlap: 1, bits: 4 }
        """);

    [Fact]
    public void Fewer_and_smaller_exchanges_wait_less()
    {
        double[] utilizations = [.. new[] { "parallel", "whole", "islands", "frankfurt" }.Select(a => Plan.Outcome(a).Utilization)];

        utilizations.ShouldBeInOrder(SortDirection.Ascending);
        utilizations[0].ShouldBeInRange(0.01, 0.2);
        utilizations[2].ShouldBeInRange(0.9, 1);
    }

    [Fact]
    public void A_solved_bandwidth_brings_the_utilization_asked_for()
    {
        double bandwidth = Plan.Solve("islands", "links.frankfurt-lulea.bandwidth", o => o.Utilization, 0.95, 1e6, 1e13);

        Plan.Outcome("islands", ("links.frankfurt-lulea.bandwidth", bandwidth)).Utilization.ShouldBe(0.95, 1e-6);
    }

    [Fact]
    public void Two_sites_take_the_operations_over_both_their_rates()
    {
        double h100 = Plan.Inputs.Values()[Plan.Inputs.Find("sites.frankfurt.hardware.peak")!.Value] * 0.4;

        Plan.Outcome("islands").ComputeSeconds.ShouldBe(6 * 10e9 * 200e9 / (512 * (h100 + 400e12)), 1);
    }
}
