using Atoll.Dashboard.Verdicts;
using Atoll.Experiments.Results;
using Spectre.Console;

namespace Atoll.Cli.Running;

/// <summary>What a run found: one table, what it says in words, and where the report is.</summary>
internal static class ResultView
{
    public static void Write(RunResult result, string report, Terminal terminal)
    {
        terminal.Line();
        ResultTable.Of(result).WriteTo(terminal);
        Verdict verdict = Verdict.Of(result);
        terminal.Line();
        terminal.Paragraph(verdict.Headline, new Style(decoration: Decoration.Bold));
        foreach (ArmVerdict arm in verdict.Arms)
        {
            terminal.Paragraph(string.Join(' ', arm.Sites.Prepend($"{arm.Arm}: {arm.Summary}")), indent: 2);
        }
        foreach (string note in verdict.Notes)
        {
            terminal.Paragraph(note, new Style(decoration: Decoration.Dim));
        }
        terminal.Line();
        if (terminal.IsLive)
        {
            string link = new Uri(report).AbsoluteUri;
            terminal.Console.MarkupLine($"Report: [link={Markup.Escape(link)}]{Markup.Escape(link)}[/]");
        }
        else
        {
            terminal.Line($"Report: {report}");
        }
    }
}
