using Atoll.Experiments;
using Atoll.Planning.File;
using Atoll.Planning.Models;
using Atoll.Planning.Timing;

namespace Atoll.Planning.Tests.Models;

/// <summary>A client trains 0.6 s (1,000 samples of 6 MFLOP at 10 GFLOP/s), receives 1.6 s, sends 6.4 s and has a round trip of 0.05 s: 8.65 s in all, by hand.</summary>
public sealed class FederatedModelTests
{
    private const string Phones = """
        name: phones
        workload: { parameters: 1 M, samples: 1 M, epochs: 10, batch-samples: 1000 }
        sites:
          phones:
            hardware: { name: phone, achieved: 10 GFLOP/s }
            count: 1000
            clients: 1000
            grid: { intensity: 300 g/kWh }
            link: { bandwidth: { up: 5 Mbit/s, down: 20 Mbit/s }, latency: 25 ms, technology: 4g }
          cloud: { pue: 1.2, grid: { intensity: 100 g/kWh }, link: { bandwidth: 100 Gbit/s, latency: 0 s } }
        arms:
          plain: { kind: federated, sites: [phones], rounds: 100, clients-per-round: 100, local-epochs: 1 }
          compressed: { kind: federated, sites: [phones], rounds: 100, clients-per-round: 100, local-epochs: 1, compression: 4 }
          secure: { kind: federated, sites: [phones], rounds: 100, clients-per-round: 100, local-epochs: 1, secure-aggregation: true, bits-up: 16 }
          flaky: { kind: federated, sites: [phones], rounds: 100, clients-per-round: 100, local-epochs: 1, availability: 0.8 }
          slow: { kind: federated, sites: [phones], rounds: 100, clients-per-round: 100, local-epochs: 1, speed-spread: 0.8 }
          eager: { kind: federated, sites: [phones], rounds: 100, clients-per-round: 100, local-epochs: 1, speed-spread: 0.8, over-selection: 1.3 }
          stepped: { kind: federated, sites: [phones], clients-per-round: 100, local-steps: 100 }
          hosted: { kind: federated, sites: [phones], coordinator: cloud, rounds: 100, clients-per-round: 100, local-epochs: 1 }
        """;

    private const string Hospitals = """
        name: hospitals
        workload: { parameters: 10 M, samples: 60 k, epochs: 20, step-time: 0.1 s, batch-samples: 60 }
        sites:
          north: { hardware: { achieved: 10 TFLOP/s, power: 300 W, idle-power: 50 W, embodied: 100 kg, price: 1 $/h }, count: 1, pue: 1.5, grid: { intensity: 100 g/kWh }, data: 1 GB }
          south: { hardware: { achieved: 10 TFLOP/s, power: 300 W, idle-power: 50 W, embodied: 100 kg, price: 1 $/h }, count: 1, pue: 1.5, grid: { intensity: 100 g/kWh }, data: 3 GB }
          hub: { pue: 1.1, grid: { intensity: 10 g/kWh } }
        links:
          - { between: [north, hub], bandwidth: 100 Mbit/s, latency: 10 ms }
          - { between: [south, hub], bandwidth: { up: 50 Mbit/s, down: 200 Mbit/s }, latency: 10 ms }
        arms:
          fedavg: { kind: federated, sites: [north, south], coordinator: hub, rounds: 10, local-epochs: 1 }
        """;

    [Fact]
    public void Alike_clients_make_a_round_of_their_own_time()
    {
        ArmOutcome outcome = PlanText.Read(Phones).Outcome("plain");

        outcome.WallClockSeconds.ShouldBe(865, 1e-6);
        outcome.ComputeSeconds.ShouldBe(60, 1e-6);
        outcome.ExposedCommunicationSeconds.ShouldBe(805, 1e-6);
        outcome.WaitingSeconds.ShouldBe(0, 1e-6);
        outcome.Utilization.ShouldBe(0.6 / 8.65, 1e-9);
        outcome.Flops.ShouldBe(100 * 100 * 6e9, 1);
        outcome.LinkBits["phones-internet"].ShouldBe(100 * 100 * 64e6, 1);
        outcome.LossRatio.ShouldBeNull();
    }

    [Fact]
    public void Energy_is_the_clients_and_the_coordinators_server()
    {
        PreparedPlan plan = PlanText.Read(Phones);
        ArmOutcome outcome = plan.Outcome("plain");
        double idle = plan.Inputs.Values()[plan.Inputs.Find("sites.phones.hardware.idle-power")!.Value];

        outcome.ComputeJoules.ShouldBe(100 * 100 * 0.6 * 3, 1e-3); // 3 W: Wu et al. 2022
        outcome.OverheadJoules.ShouldBe(100 * 100 * 8.05 * idle + 45 * 1.09 * 865, 1e-3);
    }

    /// <summary>Wu et al. 2022 (arXiv 2111.00364), appendix B: 3 W × time of computing + 7.5 W × (download + upload). Nobody's phone is on for the rounds of others.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("pue: 1,")]
    [InlineData("pue: 1, wue: 0 L/kWh,")]
    public void Devices_by_figures_of_ones_own_cost_what_the_paper_counts(string more)
    {
        ArmOutcome outcome = PlanText.Read($$"""
            name: devices
            workload: { parameters: 1 M, samples: 1 M, epochs: 10, batch-samples: 1000 }
            sites:
              phones: { hardware: { achieved: 10 GFLOP/s, power: 3 W, idle-power: 7.5 W, embodied: 84 kg, lifetime: 3 y }, {{more}} count: 1000, clients: 1000, link: { bandwidth: { up: 5 Mbit/s, down: 20 Mbit/s }, latency: 0 s, energy: 0 kWh/GB } }
            arms:
              fed: { kind: federated, sites: [phones], rounds: 100, clients-per-round: 100, local-epochs: 1 }
            """).Outcome("fed", ("arms.fed.server-power", 0));

        outcome.ComputeJoules.ShouldBe(100 * 100 * 3 * 0.6, 1e-6);
        outcome.OverheadJoules.ShouldBe(100 * 100 * 7.5 * (6.4 + 1.6), 1e-6);
        outcome.NetworkJoules.ShouldBe(0);
        outcome.EmbodiedGrams.ShouldBe(100 * 100 * 8.6 * 84_000 / (3 * 365.25 * 86_400), 1e-6);
    }

    [Theory]
    [InlineData("pue: 1.2")]
    [InlineData("operator: on-premises")]
    public void Clients_in_a_facility_are_on_while_others_train(string facility)
    {
        ArmOutcome outcome = PlanText.Read($$"""
            name: wards
            workload: { parameters: 1 M, samples: 1 M, epochs: 10, batch-samples: 1000 }
            sites:
              wards: { hardware: { achieved: 10 GFLOP/s, power: 3 W, idle-power: 1 W }, {{facility}}, count: 1000, clients: 1000, link: { bandwidth: { up: 5 Mbit/s, down: 20 Mbit/s }, latency: 0 s } }
            arms:
              fed: { kind: federated, sites: [wards], rounds: 100, clients-per-round: 100, local-epochs: 1 }
            """).Outcome("fed", ("arms.fed.server-power", 0));

        // 1 W × (1,000 clients × 860 s − the time they train), beside what they take when they train
        double machines = outcome.ComputeJoules + 1000 * 860 - 100 * 100 * 0.6;
        ((outcome.ComputeJoules + outcome.OverheadJoules) / machines).ShouldBeInRange(1.19, 1.7, "the PUE of a facility");
    }

    [Fact]
    public void A_coordinator_at_a_site_has_that_sites_PUE_and_its_line_is_shared()
    {
        PreparedPlan plan = PlanText.Read(Phones);
        ArmOutcome plain = plan.Outcome("plain"), hosted = plan.Outcome("hosted");

        (hosted.OverheadJoules - plain.OverheadJoules).ShouldBe(45 * 865 * (1.2 - 1.09), 1e-3);
        hosted.LinkBits["cloud-internet"].ShouldBe(100 * 100 * 64e6, 1);
        // 100 clients over 50 Mbit/s: half a megabit each way for each
        plan.Outcome("hosted", ("sites.cloud.link.bandwidth", 50e6)).WallClockSeconds.ShouldBe(100 * (0.6 + 64 + 64 + 0.05), 1e-6);
    }

    [Fact]
    public void Compression_shrinks_what_is_sent_up()
    {
        ArmOutcome outcome = PlanText.Read(Phones).Outcome("compressed");

        outcome.WallClockSeconds.ShouldBe(100 * (0.6 + 1.6 + 1.6 + 0.05), 1e-6);
        outcome.LinkBits["phones-internet"].ShouldBe(100 * 100 * 40e6, 1);
    }

    [Fact]
    public void Secure_aggregation_expands_as_its_paper_says()
    {
        double bits = PlanText.Read(Phones).Outcome("secure").LinkBits["phones-internet"];

        // by hand: ⌈log₂(100·65,535 + 1)⌉ = 23 bits a value, 200 keys and 496 shares of 256 bits, and the model down
        bits.ShouldBe(100 * 100 * (23e6 + (200.0 - 2 + 2 + 496) * 256 + 32e6), 1);
    }

    [Fact]
    public void Those_who_drop_out_are_made_up_for_and_their_half_done_work_counts()
    {
        PreparedPlan plan = PlanText.Read(Phones);
        ArmOutcome outcome = plan.Outcome("flaky");

        outcome.WallClockSeconds.ShouldBe(865, 1e-6); // 125 are asked, 100 finish
        outcome.ComputeJoules.ShouldBe(100 * (100 * 0.6 + 25 * 0.3) * 3, 1e-3);
        outcome.LinkBits["phones-internet"].ShouldBe(100 * (125 * 32e6 + 100 * 32e6), 1);
    }

    [Fact]
    public void Asking_more_than_are_needed_saves_time_and_wastes_energy()
    {
        PreparedPlan plan = PlanText.Read(Phones);
        ArmOutcome slow = plan.Outcome("slow"), eager = plan.Outcome("eager");

        slow.WallClockSeconds.ShouldBe(100 * RoundTime.Kth([new(100, 8.05, 0.6)], 100, 100, 0.8), 1e-6);
        eager.WallClockSeconds.ShouldBe(100 * RoundTime.Kth([new(130, 8.05, 0.6)], 100, 130, 0.8), 1e-6);
        eager.WallClockSeconds.ShouldBeLessThan(slow.WallClockSeconds);
        eager.ComputeJoules.ShouldBeGreaterThan(slow.ComputeJoules);
        foreach (ArmOutcome outcome in new[] { slow, eager })
        {
            (outcome.ComputeSeconds + outcome.ExposedCommunicationSeconds + outcome.WaitingSeconds).ShouldBe(outcome.WallClockSeconds, 1e-6);
        }
    }

    [Fact]
    public void Without_rounds_there_are_as_many_as_bring_the_workloads_steps()
    {
        ArmOutcome outcome = PlanText.Read(Phones).Outcome("stepped");

        // a step is 1000 samples over 100 clients; 10,000 steps in rounds of 100; a client's 100 steps of 10 samples are 6 GFLOP
        outcome.WallClockSeconds.ShouldBe(100 * 8.65, 1e-6);
        outcome.Flops.ShouldBe(6e13, 1);
    }

    [Fact]
    public void Where_all_take_part_a_round_waits_for_the_site_with_most_data()
    {
        ArmOutcome outcome = PlanText.Read(Hospitals).Outcome("fedavg");

        // by hand: steps of 30 samples; north 15,000 samples, 50 s; south 45,000, 150 s; 320 Mbit up and down
        double north = 50 + 3.2 + 3.2 + 0.02, south = 150 + 6.4 + 1.6 + 0.02;
        outcome.WallClockSeconds.ShouldBe(10 * south, 1e-6);
        outcome.ComputeSeconds.ShouldBe(10 * 100, 1e-6);
        outcome.WaitingSeconds.ShouldBe(10 * (south - (north + south) / 2), 1e-6);
        outcome.ComputeJoules.ShouldBe(10 * 200 * 300, 1e-3);
        double idle = 50 * (2 * 10 * south - 10 * 200);
        outcome.OverheadJoules.ShouldBe(0.5 * outcome.ComputeJoules + 1.5 * idle + 45 * 1.1 * 10 * south, 1e-3);
    }

    [Fact]
    public void What_the_coordinator_sees_depends_on_secure_aggregation()
    {
        PreparedPlan plan = PlanText.Read(Phones);

        plan.Arm("plain").Privacy.CoordinatorSees.ShouldStartWith("each client's update");
        plan.Arm("secure").Privacy.CoordinatorSees.ShouldStartWith("the sum of a round's updates and none alone");
    }

    [Fact]
    public void Every_output_has_its_formula_with_inputs_that_exist()
    {
        PreparedPlan plan = PlanText.Read(Phones);
        foreach (PreparedArm arm in plan.Arms)
        {
            arm.Model.Formulas.Select(f => f.Output).Order().ShouldBe(Output.All.Select(o => o.Name).Where(n => n != "movement-hours").Order());
            arm.Model.Formulas.SelectMany(f => f.Inputs).ShouldAllBe(path => plan.Inputs.Find(path) != null);
        }
    }

    [Fact]
    public void A_step_that_leaves_clients_without_a_sample_is_refused() =>
        Should.Throw<ExperimentFileException>(() => PlanText.Read(Phones.Replace("batch-samples: 1000", "batch-samples: 50", StringComparison.Ordinal)))
            .Message.ShouldContain("arms.stepped.local-steps must leave a client at least one sample a step: the workload's batch of 50 is spread over 100 clients");
}
