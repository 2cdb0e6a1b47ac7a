using Atoll.Experiments.Results;
using Atoll.Simulation;
using Spectre.Console;

namespace Atoll.Cli.Running;

/// <summary>Shows a run while it trains: bars where a terminal can be drawn on, lines where it cannot.</summary>
internal static class ProgressView
{
    private const int LeastName = 8, LongestName = 20, LeastBar = 8, LeastFigures = 12, RemainingWidth = 9, Padding = 8, RoomForBar = 80, RoomForRemaining = 90;

    public static RunResult Show(RunPlan plan, Terminal terminal, Func<IRunObserver, RunResult> train)
    {
        if (!terminal.IsLive)
        {
            return train(new ProgressLines(plan, terminal, TimeProvider.System));
        }
        // On a narrow terminal the figures matter more than the bar.
        int longest = Math.Clamp(terminal.Width / 4, LeastName, LongestName), bar = terminal.Width < RoomForBar ? LeastBar : Math.Min(terminal.Width / 5, 40);
        int names = Math.Min(longest, plan.Arms.Max(arm => arm.Name.Length));
        int remaining = terminal.Width >= RoomForRemaining ? RemainingWidth : 0;
        int figures = Math.Max(LeastFigures, terminal.Width - names - bar - remaining - Padding);
        List<ProgressColumn> columns = [new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = bar }, new FiguresColumn(figures)];
        if (remaining > 0)
        {
            columns.Add(new RemainingTimeColumn());
        }
        return terminal.Console.Progress().AutoClear(false).HideCompleted(false).Columns([.. columns]).Start(bars => train(new ProgressBars(plan, bars, longest)));
    }

    /// <summary>An arm's name as it stands before its bar.</summary>
    public static string Label(string arm, int longest) => arm.Length <= longest ? arm : arm[..(longest - 1)] + "…";
}
