using Atoll.Cli.Datasets;
using Atoll.Dashboard.Figures;
using Atoll.Dashboard.Verdicts;
using Atoll.Simulation;
using Spectre.Console;

namespace Atoll.Cli.Running;

/// <summary>What a run is about to do.</summary>
internal static class PlanView
{
    private const int MostSites = 20;

    public static void Write(RunPlan plan, Terminal terminal)
    {
        string seeds = plan.Repeat > 1 ? $"seeds {plan.Seed} to {plan.Seed + (ulong)plan.Repeat - 1}" : $"seed {plan.Seed}";
        terminal.Paragraph($"{plan.Name}: {seeds}, {Counted.Of(plan.Threads, "thread")}", new Style(decoration: Decoration.Bold));
        terminal.Paragraph(SiteTable.Summary(plan.Data));
        if (UntrainedLabels.Note(plan.Data) is { } untrained)
        {
            terminal.Paragraph(untrained);
        }
        terminal.Line();
        if (plan.Data.Sites.Count <= MostSites)
        {
            SiteTable.Of(plan.Data, withCounts: false).WriteTo(terminal);
            if (SiteTable.Legend(plan.Data) is { } legend)
            {
                terminal.Paragraph(legend, new Style(decoration: Decoration.Dim));
            }
        }
        else
        {
            terminal.Paragraph(SiteTable.Spread(plan.Data));
        }
        terminal.Line();
        Arms(plan.Arms).WriteTo(terminal);
        foreach (ArmPlan arm in plan.Arms.Where(a => a.Data is not null))
        {
            terminal.Paragraph($"{arm.Name} has its own data: {SiteTable.Summary(arm.Data!)}");
        }
    }

    private static FittedTable Arms(IReadOnlyList<ArmPlan> arms) => new FittedTable()
        .Add("arm", arms.Select(a => a.Name), isText: true)
        .Add("kind", arms.Select(a => a.IsBaseline ? a.Kind + " (baseline)" : a.Kind), importance: 5, isText: true)
        .Add("trains for", arms.Select(a => a.Kind == "federated" ? Counted.Of(a.Rounds, "round") : Counted.Of(a.Rounds, "epoch")))
        .Add("sites a round", arms.Select(a => a.Kind == "centralized" ? Figure.None : Figure.Count(a.SitesPerRound)), importance: 2)
        .Add("parameters", arms.Select(a => Figure.Count(a.Parameters)), importance: 3)
        .Add("work a sample", arms.Select(a => Figure.Flops(a.FlopsPerSample)), importance: 1);
}
