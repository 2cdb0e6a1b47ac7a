using System.Globalization;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Verification;

namespace Atoll.Cli.Ledger;

/// <summary>What a verification checked and found, in words.</summary>
internal static class FindingsView
{
    public static void Write(Terminal terminal, VerificationResult result, KeptHead? witness, FolderFindings? files)
    {
        if (result.Run is null)
        {
            return; // not even its first entry verifies, which the error says
        }
        terminal.Line($"{result.Run}, {Time(result.First)} to {Time(result.Last)}");
        terminal.Line();
        terminal.Entry("  entries       ", $"{Number(result.Entries)}: canonical, in order, each bound to the one before it");
        terminal.Entry("  tree heads    ", $"{Number(result.TreeHeads)}, signed by {result.Key!.Fingerprint}");
        terminal.Entry("  sites         ", $"{Number(result.Sites)}, {Number(result.SiteSignatures)} signatures of theirs hold"
            + (result.SitesWithoutKey > 0 ? $"; {Number(result.SitesWithoutKey)} have no key, so what they sent is the coordinator's word" : ""));
        terminal.Entry("  rounds        ", $"{Number(result.RoundsOpened)} opened, {Number(result.RoundsAggregated)} aggregated, {Number(result.RoundsAbandoned)} abandoned");
        terminal.Entry("  updates       ", $"{Number(result.UpdatesReceived)} accepted, {Number(result.UpdatesCounted)} of them counted, each once"
            + (result.UpdatesAbandoned > 0 ? $"; {Number(result.UpdatesAbandoned)} abandoned with their round" : ""));
        if (witness is not null && result.Problem is null)
        {
            terminal.Entry("  witness       ", $"the first {Number(witness.Head.Size)} entries are those that it saw");
        }
        terminal.Line();
        if (result.Problem is null)
        {
            terminal.Paragraph(result.IsComplete
                ? $"It verifies, and the run is {(result.End == LedgerEnd.Finished ? "finished" : "aborted")}."
                : $"It verifies as far as it goes, to entry {result.Entries - 1}. {Covered(result)}");
        }
        files?.Write(terminal);
    }

    /// <summary>Why a ledger is not good, for people who see nothing else.</summary>
    public static string Verdict(string file, VerificationResult result) => result.Problem is { } problem ? $"{file} does not verify. {problem}"
        : $"{file}: the run is not finished, or the end of its record was cut off: entry {result.Entries - 1} is the last"
            + (result.TornBytes > 0 ? $", and {result.TornBytes} bytes of a line follow" : "") + ". --unfinished accepts it as far as it goes.";

    private static string Covered(VerificationResult result) => result.Head is { } head
        ? $"The {Number(head.Size)} entries before the last tree head are signed by the coordinator; {Number(Math.Max(0, result.Entries - head.Size - 1))} after it are not yet."
        : "None of it is signed yet.";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
