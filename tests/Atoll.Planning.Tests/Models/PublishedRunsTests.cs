using Atoll.Planning.Models;

namespace Atoll.Planning.Tests.Models;

/// <summary>Runs whose inputs and results are published, through a plan file.</summary>
public sealed class PublishedRunsTests
{
    /// <summary>Patterson et al. 2021, "Carbon Emissions and Large Neural Network Training", arXiv 2104.10350, table 4. The paper rounds days and FLOP/s.</summary>
    [Theory]
    [InlineData("GPT-3", "3.14e23", "24.6 TFLOP/s", 10_000, "330 W", 1.10, "0.429 kg/kWh", 14.8, 1287, 552.1)]
    [InlineData("Meena", "1.12e23", "42.3 TFLOP/s", 1_024, "289 W", 1.09, "0.415 kg/kWh", 30, 232, 96.4)]
    [InlineData("Switch Transformer", "8.22e22", "34.4 TFLOP/s", 1_024, "245 W", 1.10, "0.330 kg/kWh", 27, 179, 59.1)]
    public void A_plan_comes_to_the_days_energy_and_carbon_of_Patterson(string name, string flops, string achieved, int count, string power, double pue, string intensity, double days, double megawattHours, double tonnes)
    {
        ArmOutcome outcome = Plans.Outcome(FormattableString.Invariant($$"""
            name: patterson
            workload: { flops: {{flops}} }
            sites:
              one: { hardware: { achieved: {{achieved}}, power: {{power}} }, count: {{count}}, pue: {{pue}}, grid: { intensity: {{intensity}} } }
            arms:
              one: { kind: centralized, site: one }
            """));

        (outcome.WallClockSeconds / 86400).ShouldBe(days, 0.01 * days, name);
        (outcome.EnergyJoules / 3.6e9).ShouldBe(megawattHours, 0.01 * megawattHours, name);
        (outcome.LocationBasedGrams / 1e6).ShouldBe(tonnes, 0.01 * tonnes, name);
    }

    /// <summary>Touvron et al. 2023, "Llama 2", arXiv 2307.09288, table 2: 184,320 GPU-hours at 400 W are 31.22 t; the PUE is inside 0.4234 t/MWh.</summary>
    [Fact]
    public void A_plan_comes_to_the_carbon_of_Llama_2()
    {
        ArmOutcome outcome = Plans.Outcome("""
            name: llama-2
            workload: { steps: 184320, step-time: 1 h }
            sites:
              one: { hardware: { power: 400 W, achieved: 150 TFLOP/s }, count: 1, pue: 1, grid: { intensity: 0.4234 t/MWh } }
            arms:
              one: { kind: centralized, site: one }
            """);

        (outcome.LocationBasedGrams / 1e6).ShouldBe(31.22, 0.01 * 31.22);
    }

    /// <summary>"Scaling Laws for DiLoCo", arXiv 2503.09799: N = 10 B, D = 200 B, 1,024 chips of 300 TFLOP/s take 10.85 h.</summary>
    [Fact]
    public void Parameters_and_tokens_take_six_operations_each()
    {
        ArmOutcome outcome = Plans.Outcome("""
            name: diloco
            workload: { parameters: 10 B, tokens: 200 B, batch-tokens: 2097152 }
            sites:
              one: { hardware: { power: 700 W, achieved: 300 TFLOP/s }, count: 1024 }
            arms:
              one: { kind: centralized, site: one }
            """);

        (outcome.ComputeSeconds / 3600).ShouldBe(10.85, 0.005 * 10.85);
        outcome.Utilization.ShouldBe(1);
    }

    /// <summary>By hand from the paper's formula: ((2·16·10¹⁰/400·10⁹)(1 − 1/1024) + 0.1 ms) × 200·10⁹/2²¹ steps = 76,225 s.</summary>
    [Fact]
    public void A_given_interconnect_makes_each_step_wait_for_its_all_reduce()
    {
        ArmOutcome outcome = Plans.Outcome("""
            name: diloco
            workload: { parameters: 10 B, tokens: 200 B, batch-tokens: 2097152 }
            sites:
              one: { hardware: { power: 700 W, achieved: 300 TFLOP/s }, count: 1024, interconnect: { bandwidth: 400 Gbit/s, latency: 0.1 ms } }
            arms:
              one: { kind: centralized, site: one }
            """);

        double steps = 200e9 / 2097152;
        outcome.ExposedCommunicationSeconds.ShouldBe(steps * (0.8 * (1 - 1.0 / 1024) + 1e-4), 1);
        outcome.ExposedCommunicationSeconds.ShouldBe(21.17 * 3600, 0.005 * 21.17 * 3600, "the paper's 21.17 h of data parallel in a high-bandwidth network");
        outcome.Utilization.ShouldBe(10.85 / (10.85 + 21.17), 0.002);
    }
}
