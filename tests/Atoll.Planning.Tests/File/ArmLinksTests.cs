using Atoll.Planning.Models;

namespace Atoll.Planning.Tests.File;

/// <summary>Which of several links an arm goes over, and how many of the devices it uses.</summary>
public sealed class ArmLinksTests
{
    private const string Plan = """
        name: lines
        workload: { parameters: 1 B, layers: 1, tokens: 1 B, batch-tokens: 1 M }
        sites:
          a: { hardware: { achieved: 100 TFLOP/s, power: 500 W }, count: 100, pue: 1.2, grid: { intensity: 400 g/kWh } }
          b: { hardware: { achieved: 100 TFLOP/s, power: 500 W }, count: 100, pue: 1.2, grid: { intensity: 400 g/kWh } }
        links:
          - { name: slow, between: [a, b], bandwidth: 1 Gbit/s, latency: 0 s }
          - { name: fast, between: [a, b], bandwidth: 16 Gbit/s, latency: 0 s }
        arms:
          spread: { kind: data-parallel, sites: [a, b] }
        """;

    [Theory]
    [InlineData("slow", 16)]
    [InlineData("fast", 1)]
    public void An_arm_goes_over_the_link_that_it_names(string link, double secondsAStep)
    {
        ArmOutcome outcome = Plans.Outcome(With($"over: [{link}]"));

        // By hand: 1 B parameters of 16 bits over the line, at each of the 1,000 steps; one layer hides nothing.
        outcome.ExposedCommunicationSeconds.ShouldBe(1000 * secondsAStep, 1e-6 * secondsAStep);
        outcome.LinkBits.Keys.ShouldBe([link]);
    }

    [Fact]
    public void Several_links_and_no_choice_are_refused() => Message(Plan).ShouldContain("arms.spread.over must say which of the links between a and b the arm goes over");

    [Fact]
    public void A_link_that_is_none_is_refused_with_the_nearest() => Message(With("over: [fats]")).ShouldContain("over[0] must be the name of a link, slow or fast (was fats). Did you mean fast?");

    [Fact]
    public void Two_links_of_one_name_are_refused() => Message(Plan.Replace("name: fast", "name: slow", StringComparison.Ordinal)).ShouldContain("links[1].name must not be that of another link (was slow)");

    [Fact]
    public void An_arm_uses_as_many_devices_as_it_says()
    {
        ArmOutcome all = Plans.Outcome(With("over: [fast]")), half = Plans.Outcome(With("over: [fast], count: 50"));

        half.ComputeSeconds.ShouldBe(2 * all.ComputeSeconds, 1e-9);
        half.ComputeJoules.ShouldBe(all.ComputeJoules, 1e-3);
        Plans.Read(With("over: [fast], count: 50")).InputAt("arms.spread.count").Value.ShouldBe(50);
    }

    [Theory]
    [InlineData("101", "arms.spread.count must be at most what a has, 100 (was 101)")]
    [InlineData("0", "arms.spread.count must be more than 0 (was 0)")]
    public void More_devices_than_there_are_and_none_are_refused(string count, string expected) => Message(With($"over: [fast], count: {count}")).ShouldContain(expected);

    private static string With(string fields) => Plan.Replace("sites: [a, b] }", $"sites: [a, b], {fields} }}", StringComparison.Ordinal);

    private static string Message(string plan) => string.Join('\n', Plans.ProblemsOf(plan));
}
