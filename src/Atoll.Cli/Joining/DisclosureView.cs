using Atoll.Client.Live;
using Atoll.Dashboard.Figures;
using Atoll.Experiments.Protocol;
using Spectre.Console;

namespace Atoll.Cli.Joining;

/// <summary>Shows an operator what joining means.</summary>
internal static class DisclosureView
{
    public static void Write(RunDescription description, Uri url, Disclosure disclosure, Terminal terminal)
    {
        Style bold = new(decoration: Decoration.Bold);
        terminal.Paragraph($"{description.Site} is invited to the run {description.Run} of {url}, with {description.Sites.Count} sites: {string.Join(", ", description.Sites)}.");
        terminal.Paragraph($"The coordinator's key is {description.Key.Fingerprint}: compare it with what its operator sees.");
        terminal.Line();
        terminal.Line("Will leave this machine:", bold);
        foreach (string sentence in disclosure.Leaves)
        {
            terminal.Entry("  - ", sentence);
        }
        terminal.Line("Will not:", bold);
        foreach (string sentence in disclosure.Stays)
        {
            terminal.Entry("  - ", sentence);
        }
        foreach (string warning in disclosure.Warnings)
        {
            terminal.Paragraph($"Careful: {warning}", bold);
        }
        terminal.Paragraph($"In all about {Figure.Bytes(disclosure.BytesUp)} up and {Figure.Bytes(disclosure.BytesDown)} down, if this site takes part in every round. Values that only other sites have make models larger.");
        terminal.Line();
    }
}
