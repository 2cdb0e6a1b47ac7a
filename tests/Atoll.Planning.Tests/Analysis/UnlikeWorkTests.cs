using Atoll.Planning.Tests.Models;

namespace Atoll.Planning.Tests.Analysis;

public sealed class UnlikeWorkTests
{
    private const string Plan = """
        name: phones
        workload: { parameters: 1 M, samples: 1 M, epochs: 10, batch-samples: 1000 }
        sites:
          phones: { hardware: { name: phone, achieved: 10 GFLOP/s }, count: 1000, clients: 1000, link: { bandwidth: 20 Mbit/s, latency: 25 ms } }
          cloud:  { hardware: h100 }
        draws: 0
        arms:
          central: { kind: centralized, site: cloud }
          same:    { kind: federated, sites: [phones], rounds: 100, clients-per-round: 100, local-epochs: 1 }
        """;

    /// <summary>A client has 1,000 samples, so 100 clients and 50 rounds train on 5 million, half of the workload's.</summary>
    [Fact]
    public void An_arm_that_does_half_of_the_job_is_said_to() => Planner.Plan(PlanText.Read($"{Plan}\n  half: {{ kind: federated, sites: [phones], rounds: 50, clients-per-round: 100, local-epochs: 1 }}"))
        .Notes.ShouldContain("Not all arms compute as much as central, and their figures are of what they compute: half 0.5 times its operations.");

    [Fact]
    public void Arms_that_do_the_same_job_need_no_word() => Planner.Plan(PlanText.Read(Plan)).Notes.ShouldNotContain(note => note.StartsWith("Not all arms", StringComparison.Ordinal));
}
