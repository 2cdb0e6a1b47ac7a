using Atoll.Dashboard.Figures;
using Atoll.Experiments.Results;
using Atoll.Simulation;

namespace Atoll.Cli.Running;

/// <summary>A line for each round of each arm, at most one a second for an arm, and always its last.</summary>
internal sealed class ProgressLines(RunPlan plan, Terminal terminal, TimeProvider time) : IRunObserver
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, (long At, string? Held)> _last = [];

    public void ArmStarted(ArmPlan arm, int repeat, int completed)
    {
        _last.Remove(arm.Name);
        if (completed > 0)
        {
            terminal.Line($"{Who(arm, repeat)}: goes on after {Step(arm)} {Figure.Count(completed)} of {Figure.Count(arm.Rounds)}");
        }
    }

    public void RoundCompleted(ArmPlan arm, int repeat, RoundResult round)
    {
        string line = $"{Who(arm, repeat)}: {Step(arm)} {Figure.Count(round.Round)} of {Figure.Count(arm.Rounds)}  {RoundText.Of(round)}".TrimEnd();
        if (_last.TryGetValue(arm.Name, out var last) && time.GetElapsedTime(last.At) < Pause)
        {
            _last[arm.Name] = last with { Held = line };
            return;
        }
        terminal.Line(line);
        _last[arm.Name] = (time.GetTimestamp(), null);
    }

    public void ArmCompleted(ArmPlan arm, int repeat, string? stopped)
    {
        if (_last.Remove(arm.Name, out var last) && last.Held is { } held)
        {
            terminal.Line(held);
        }
        if (stopped is not null)
        {
            terminal.Line($"{Who(arm, repeat)}: stopped before its end: {stopped}");
        }
    }

    private static string Step(ArmPlan arm) => arm.Kind == "federated" ? "round" : "epoch";

    private string Who(ArmPlan arm, int repeat) => plan.Repeat > 1 || repeat > 0 ? $"{arm.Name}, seed {plan.Seed + (ulong)repeat}" : arm.Name;
}
