using Atoll.Planning.File;
using Atoll.Planning.Models;

namespace Atoll.Planning.Tests.Models;

/// <summary>Plans from text, and their arms at any values of the inputs.</summary>
internal static class PlanText
{
    public static PreparedPlan Read(string yaml) => PlanFile.Parse(yaml, "plan.yaml", AppContext.BaseDirectory);

    public static ArmOutcome Outcome(this PreparedPlan plan, string arm, params (string Path, double Value)[] changed)
    {
        double[] values = plan.Inputs.Values();
        foreach ((string path, double value) in changed)
        {
            values[plan.Inputs.Find(path) ?? throw new ArgumentException($"There is no input {path}.")] = value;
        }
        return plan.Arm(arm).Model.Evaluate(values);
    }

    public static PreparedArm Arm(this PreparedPlan plan, string arm) => plan.Arms.Single(a => a.Name == arm);

    /// <summary>The least value of an input at which an output that rises with it reaches a value, by bisection of the logarithm.</summary>
    public static double Solve(this PreparedPlan plan, string arm, string vary, Func<ArmOutcome, double> until, double reaches, double low, double high)
    {
        for (int i = 0; i < 60; i++)
        {
            double middle = Math.Sqrt(low * high);
            (low, high) = until(plan.Outcome(arm, (vary, middle))) >= reaches ? (low, middle) : (middle, high);
        }
        return high;
    }
}
