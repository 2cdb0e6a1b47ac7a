using Atoll.Experiments.Results;
using Atoll.Simulation;
using Spectre.Console;

namespace Atoll.Cli.Running;

/// <summary>Shows a run while it trains: bars where a terminal can be drawn on, lines where it cannot.</summary>
internal static class ProgressView
{
    private const int LongestName = 20, LeastFigures = 12, RemainingWidth = 9, Padding = 8, RoomForRemaining = 90;

    public static RunResult Show(RunPlan plan, Terminal terminal, Func<IRunObserver, RunResult> train)
    {
        if (!terminal.IsLive)
        {
            return train(new ProgressLines(plan, terminal, TimeProvider.System));
        }
        int names = Math.Min(LongestName, plan.Arms.Max(arm => arm.Name.Length)), bar = Math.Clamp(terminal.Width / 5, 8, 40);
        int remaining = terminal.Width >= RoomForRemaining ? RemainingWidth : 0;
        int figures = Math.Max(LeastFigures, terminal.Width - names - bar - remaining - Padding);
        List<ProgressColumn> columns = [new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = bar }, new FiguresColumn(figures)];
        if (remaining > 0)
        {
            columns.Add(new RemainingTimeColumn());
        }
        return terminal.Console.Progress().AutoClear(false).HideCompleted(false).Columns([.. columns]).Start(bars => train(new ProgressBars(plan, bars)));
    }

    /// <summary>An arm's name as it stands before its bar.</summary>
    public static string Label(string arm) => arm.Length <= LongestName ? arm : arm[..(LongestName - 1)] + "…";
}
