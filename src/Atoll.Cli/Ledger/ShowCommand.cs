using System.CommandLine;
using System.Text;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Verification;

namespace Atoll.Cli.Ledger;

/// <summary><c>atoll ledger show RUN</c>: entries, one line each.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        Argument<string> run = LedgerCommand.Run();
        Option<string?> kind = new("--kind") { Description = "Only entries of this kind.", HelpName = "KIND" };
        Option<long> from = new("--from") { Description = "Only from this entry on.", HelpName = "N" };
        Option<bool> json = new("--json") { Description = "The lines as they stand in the ledger." };
        Command command = new("show", "The entries, one line each. What does not verify is not shown.") { run, kind, from, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            Terminal terminal = Terminal.Of(parsed.InvocationConfiguration.Output);
            TextWriter output = parsed.InvocationConfiguration.Output;
            (string? wanted, long first, bool asJson) = (parsed.GetValue(kind), parsed.GetValue(from), parsed.GetValue(json));
            HashSet<string> others = [];
            bool found = false;
            string file = LedgerCommand.FileOf(parsed.GetRequiredValue(run));
            VerificationResult result = await new LedgerVerifier().VerifyAsync(file, entry =>
            {
                others.Add(entry.Kind);
                if (entry.Index < first || (wanted is not null && entry.Kind != wanted))
                {
                    return;
                }
                found = true;
                if (asJson)
                {
                    output.WriteLine(Encoding.UTF8.GetString(entry.Line.Span));
                }
                else
                {
                    terminal.Line(EntryText.Of(entry));
                }
            }, cancellation);
            LedgerCommand.RequireSound(file, result);
            if (!found && wanted is not null && !others.Contains(wanted) && !EntryKind.All.Contains(wanted))
            {
                throw new CommandException(ExitCode.BadInput, $"No entry is of the kind '{wanted}'{NearestName.Suggestion(wanted, others.Union(EntryKind.All))}");
            }
        });
        return command;
    }
}
