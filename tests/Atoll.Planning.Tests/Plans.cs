using Atoll.Experiments;
using Atoll.Planning.File;
using Atoll.Planning.Inputs;
using Atoll.Planning.Models;

namespace Atoll.Planning.Tests;

/// <summary>Plan files of the tests, and what is asked of them.</summary>
internal static class Plans
{
    /// <summary>One site of one's own figures, of which none is left to assumption.</summary>
    public const string OneSite = """
        name: one
        workload: { flops: 3.6e21 }
        sites:
          here:
            hardware: { achieved: 100 TFLOP/s, power: 500 W, idle-power: 100 W, embodied: 150 kg, lifetime: 5 y, price: 2 $/h }
            count: 10
            pue: 1.2
            wue: 0.5 L/kWh
            grid: { intensity: 400 g/kWh }
        arms:
          alone: { kind: centralized, site: here }
        """;

    public static PreparedPlan Read(string text, string? folder = null) => PlanFile.Parse(text, "plan.yaml", folder ?? AppContext.BaseDirectory);

    /// <summary>Of the first arm, with every input as given.</summary>
    public static ArmOutcome Outcome(string text) => Outcome(Read(text));

    public static ArmOutcome Outcome(PreparedPlan plan) => plan.Arms[0].Model.Evaluate(plan.Inputs.Values());

    public static Input InputAt(this PreparedPlan plan, string path) =>
        plan.Inputs.Inputs[plan.Inputs.Find(path) ?? throw new InvalidOperationException($"There is no input {path}, only {string.Join(", ", plan.Inputs.Paths)}.")];

    public static IReadOnlyList<Problem> ProblemsOf(string text) => Should.Throw<ExperimentFileException>(() => Read(text)).Problems;
}
