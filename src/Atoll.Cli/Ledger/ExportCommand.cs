using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Verification;

namespace Atoll.Cli.Ledger;

/// <summary><c>atoll ledger export RUN --out FILE</c>: a table for spreadsheets. The ledger itself is what verifies anywhere.</summary>
internal static class ExportCommand
{
    private static readonly string[] Head = ["index", "time", "kind", "arm", "round", "site", "reason", "hash", "data"];

    public static Command Create()
    {
        Argument<string> run = LedgerCommand.Run();
        Option<string> target = new("--out") { Description = "The CSV file, which must be new.", HelpName = "FILE", Required = true };
        Command command = new("export", "Writes the entries as CSV, for spreadsheets. To hand the record on so that it can be verified, copy ledger.jsonl.") { run, target };
        command.SetAction(async (parsed, cancellation) =>
        {
            string file = LedgerCommand.FileOf(parsed.GetRequiredValue(run)), output = parsed.GetRequiredValue(target), part = output + ".part";
            if (Path.Exists(output))
            {
                throw new CommandException(ExitCode.BadInput, $"--out must be a new file, but {output} is there already{(Directory.Exists(output) ? ", and is a folder" : "")}.");
            }
            VerificationResult result;
            try
            {
                await using StreamWriter writer = new(part);
                Write(writer, Head);
                result = await new LedgerVerifier().VerifyAsync(file, entry => Write(writer, Row(entry)), cancellation);
                LedgerCommand.RequireSound(file, result);
                await writer.DisposeAsync();
                File.Move(part, output);
            }
            catch
            {
                File.Delete(part);
                throw;
            }
            Terminal.Of(parsed.InvocationConfiguration.Output).Paragraph($"{result.Entries} entries are in {output}{(result.IsComplete ? "." : "; the run is not finished.")}");
        });
        return command;
    }

    private static string[] Row(LedgerEntry entry) =>
    [
        entry.Index.ToString(CultureInfo.InvariantCulture), entry.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), entry.Kind,
        .. Head[3..7].Select(name => entry.Data.TryGetProperty(name, out JsonElement value) ? value.ToString() : ""),
        entry.Hash.ToString(), entry.Data.GetRawText(),
    ];

    /// <summary>RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe before it: sites choose their own names.</summary>
    private static void Write(TextWriter writer, string[] cells) => writer.Write(string.Join(',', cells.Select(cell =>
    {
        string text = cell is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + cell : cell;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    })) + "\n");
}
