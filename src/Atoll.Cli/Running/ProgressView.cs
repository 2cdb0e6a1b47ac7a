using Atoll.Experiments.Results;
using Atoll.Simulation;
using Spectre.Console;

namespace Atoll.Cli.Running;

/// <summary>Shows a run while it trains: bars where a terminal can be drawn on, lines where it cannot.</summary>
internal static class ProgressView
{
    private const int RoomForRemaining = 100;

    public static RunResult Show(RunPlan plan, Terminal terminal, Func<IRunObserver, RunResult> train)
    {
        if (!terminal.IsLive)
        {
            return train(new ProgressLines(plan, terminal, TimeProvider.System));
        }
        List<ProgressColumn> columns = [new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = Math.Clamp(terminal.Width / 5, 8, 40) }, new FiguresColumn()];
        if (terminal.Width >= RoomForRemaining)
        {
            columns.Add(new RemainingTimeColumn());
        }
        return terminal.Console.Progress().AutoClear(false).HideCompleted(false).Columns([.. columns]).Start(bars => train(new ProgressBars(plan, bars)));
    }
}
