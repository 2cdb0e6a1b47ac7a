using Atoll.Experiments.Results;

namespace Atoll.Simulation.Tests.Fixtures;

/// <summary>Does nothing, or something at one round's end.</summary>
internal sealed class Watcher(string arm = "", int repeat = 0, int round = 0, Action? then = null) : IRunObserver
{
    /// <summary>What was seen, in order: <c>arm/repeat from completed</c>, <c>arm/repeat:round</c>, <c>arm/repeat done</c>.</summary>
    public List<string> Seen { get; } = [];

    public void ArmStarted(ArmPlan plan, int seed, int completed) => Seen.Add($"{plan.Name}/{seed} from {completed}");

    public void RoundCompleted(ArmPlan plan, int seed, RoundResult result)
    {
        Seen.Add($"{plan.Name}/{seed}:{result.Round}");
        if (plan.Name == arm && seed == repeat && result.Round == round)
        {
            then!();
        }
    }

    public void ArmCompleted(ArmPlan plan, int seed, string? stopped) => Seen.Add($"{plan.Name}/{seed} {(stopped is null ? "done" : "stopped")}");
}
