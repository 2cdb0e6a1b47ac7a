using Atoll.Dashboard.Figures;
using Atoll.Experiments.Results;
using Atoll.Simulation;
using Spectre.Console;

namespace Atoll.Cli.Running;

/// <summary>A bar for each arm, over all its seeds.</summary>
internal sealed class ProgressBars : IRunObserver
{
    private readonly RunPlan _plan;
    private readonly Dictionary<string, ProgressTask> _tasks;

    public ProgressBars(RunPlan plan, ProgressContext bars, int longestName)
    {
        _plan = plan;
        _tasks = plan.Arms.ToDictionary(arm => arm.Name, arm => bars.AddTask(Markup.Escape(ProgressView.Label(arm.Name, longestName)), new ProgressTaskSettings { MaxValue = (double)arm.Rounds * plan.Repeat, AutoStart = false }));
        foreach (ProgressTask task in _tasks.Values)
        {
            FiguresColumn.Set(task, "");
        }
    }

    public void ArmStarted(ArmPlan arm, int repeat, int completed)
    {
        ProgressTask task = _tasks[arm.Name];
        if (!task.IsStarted)
        {
            task.StartTask();
        }
        task.Value = (double)arm.Rounds * repeat + completed;
    }

    public void RoundCompleted(ArmPlan arm, int repeat, RoundResult round)
    {
        ProgressTask task = _tasks[arm.Name];
        task.Value = (double)arm.Rounds * repeat + round.Round;
        if (RoundText.Of(round) is { Length: > 0 } figures)
        {
            string seed = _plan.Repeat > 1 || repeat > 0 ? $"seed {_plan.Seed + (ulong)repeat}  " : "";
            string at = $"{Figure.Count(round.Round)}/{Figure.Count(arm.Rounds)}  ", first = RoundText.FirstMetric(round) ?? figures;
            FiguresColumn.Set(task, seed + at + figures, seed + at + first, at + first, first);
        }
    }

    public void ArmCompleted(ArmPlan arm, int repeat, string? stopped)
    {
        ProgressTask task = _tasks[arm.Name];
        if (stopped is not null)
        {
            FiguresColumn.Set(task, "stopped: " + stopped);
        }
        task.Value = (double)arm.Rounds * (repeat + 1);
    }
}
