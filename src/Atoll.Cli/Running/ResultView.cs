using Atoll.Dashboard.Verdicts;
using Atoll.Experiments.Results;
using Spectre.Console;

namespace Atoll.Cli.Running;

/// <summary>What a run found: one table and what it says in words, and then where the report is.</summary>
internal static class ResultView
{
    public static void Write(RunResult result, Terminal terminal)
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
    }

    public static void WriteReport(string report, Terminal terminal)
    {
        terminal.Line();
        // Terminals make an address that can be clicked of the one; scripts want the other.
        terminal.Line($"Report: {(terminal.IsLive ? new Uri(report).AbsoluteUri : report)}");
    }
}
