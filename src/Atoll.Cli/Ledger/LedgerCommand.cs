using System.CommandLine;
using System.Text.Json;
using Atoll.Ledger;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Storage;
using Atoll.Ledger.Verification;

namespace Atoll.Cli.Ledger;

/// <summary><c>atoll ledger verify | show | prove | check-proof | export</c>: what a run's record says, and whether it can be believed.</summary>
internal static class LedgerCommand
{
    public static Command Create() => new Verb("ledger", "The record of a run: whether it verifies, what is in it, and proofs of single entries.")
    {
        Footer = """
            Examples:
              atoll ledger verify runs/hospitals-20260301-1200
              atoll ledger verify ledger.jsonl --head hospitals.head.json   and against what a site saw
              atoll ledger show runs/hospitals-20260301-1200 --kind update-rejected
              atoll ledger prove ledger.jsonl 17 --out proof.json
              atoll ledger check-proof proof.json --head hospitals.head.json

            RUN is a run's folder or a ledger file; of a file, verify checks that alone. All of it works offline.

            """,
        Subcommands = { Verify(), ShowCommand.Create(), Prove(), CheckProof(), ExportCommand.Create() },
    };

    internal static Argument<string> Run() => new("RUN") { Description = "A run's folder, or its ledger.jsonl." };

    /// <summary>The file that RUN means.</summary>
    internal static string FileOf(string run) => FileLedger.FileOf(run) is var file && File.Exists(file) ? file
        : throw new CommandException(ExitCode.BadInput, Directory.Exists(run) ? $"There is no {FileLedger.FileName} in {run}." : $"There is no ledger {run}.");

    private static Option<string?> Head() => new("--head") { Description = "A head that a witness kept: the ledger must go on from it.", HelpName = "FILE" };

    private static Command Verify()
    {
        Argument<string> run = Run();
        Option<string?> head = Head();
        Option<bool> open = new("--unfinished") { Description = "Accept a run that is not finished, as far as its record goes." };
        Option<bool> json = new("--json") { Description = "The findings as JSON." };
        Command command = new("verify", "Checks every entry, hash, signature and tree head, that every update counts once, and what lies in the run's folder: experiment, models, result and bodies.") { run, head, open, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            string given = parsed.GetRequiredValue(run), file = FileOf(given);
            KeptHead? kept = Kept(parsed.GetValue(head));
            FolderCheck? beside = Directory.Exists(given) ? new(given, file, cancellation) : null;
            VerificationResult result = await new LedgerVerifier(kept).VerifyAsync(file, entry => beside?.Take(entry), cancellation);
            FolderFindings? files = result.Problem is null ? beside?.Check(result) : null;
            bool isSound = result.Problem is null && (result.IsComplete || parsed.GetValue(open)), isSame = files?.Differing is null or [];
            if (parsed.GetValue(json))
            {
                FindingsJson.Write(parsed.InvocationConfiguration.Output, result, files, isSound && isSame);
            }
            else
            {
                FindingsView.Write(Terminal.Of(parsed.InvocationConfiguration.Output), result, kept, files);
            }
            string?[] verdicts = [isSound ? null : FindingsView.Verdict(file, result), isSame ? null : files!.Verdict(given)];
            return isSound && isSame ? ExitCode.Success : throw new CommandException(ExitCode.DoesNotVerify, string.Join('\n', verdicts.OfType<string>()));
        });
        return command;
    }

    private static Command Prove()
    {
        Argument<string> run = Run();
        Argument<long> index = new("ENTRY") { Description = "The entry's index, as show prints it." };
        Option<string?> head = new("--head") { Description = "Prove it to a head that a witness kept; by default to the newest in the ledger.", HelpName = "FILE" };
        Option<string> output = new("--out") { Description = "Where to write the proof.", HelpName = "FILE", Required = true };
        Command command = new("prove", "Writes a proof that an entry is in the ledger; it can be checked without the ledger.") { run, index, head, output };
        command.SetAction(async (parsed, cancellation) =>
        {
            long wanted = parsed.GetValue(index);
            KeptHead? kept = Kept(parsed.GetValue(head));
            MerkleTree tree = new();
            LedgerEntry? entry = null;
            string file = FileOf(parsed.GetRequiredValue(run));
            VerificationResult result = await new LedgerVerifier(kept).VerifyAsync(file, e =>
            {
                tree.Append(e.Hash);
                entry = e.Index == wanted ? e : entry;
            }, cancellation);
            RequireSound(file, result);
            SignedTreeHead signed = kept?.Head ?? result.Head ?? throw new CommandException(ExitCode.BadInput, $"{file} has no tree head yet, so nothing in it can be proven.");
            if (entry is null || wanted >= signed.Size)
            {
                throw new CommandException(ExitCode.BadInput, $"ENTRY must be one of the {signed.Size} entries that the head covers, from 0 to {signed.Size - 1} (was {wanted}).");
            }
            string target = parsed.GetRequiredValue(output);
            await File.WriteAllBytesAsync(target, [.. new EntryProof(JsonElement.Parse(entry.Line.Span), tree.Inclusion(wanted, signed.Size), signed, result.Key!).ToJson(), (byte)'\n'], cancellation);
            Terminal.Of(parsed.InvocationConfiguration.Output).Paragraph($"{target} proves entry {wanted} ({entry.Kind}) to the head of {signed.Size} entries, signed by {result.Key!.Fingerprint}.");
        });
        return command;
    }

    private static Command CheckProof()
    {
        Argument<string> file = new("PROOF") { Description = "A file that prove wrote." };
        Option<string?> head = new("--head") { Description = "The head that a witness kept: then the key in the proof need not be believed.", HelpName = "FILE" };
        Command command = new("check-proof", "Checks a proof, with nothing but the proof.") { file, head };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            KeptHead? kept = Kept(parsed.GetValue(head));
            if (!File.Exists(path))
            {
                throw new CommandException(ExitCode.BadInput, $"There is no proof {path}.");
            }
            Terminal terminal = Terminal.Of(parsed.InvocationConfiguration.Output);
            try
            {
                EntryProof proof = EntryProof.Parse(File.ReadAllBytes(path));
                LedgerEntry entry = kept is null ? proof.Check() : proof.Check(kept);
                terminal.Line(EntryText.Of(entry));
                terminal.Paragraph($"It is entry {entry.Index} of the {proof.Head.Size} that {proof.Head.Run} had on {proof.Head.Time}.");
                terminal.Paragraph(kept is null ? $"Believe it if this is the coordinator's key: {proof.Key.Fingerprint}" : "The head is the one that the witness kept.");
            }
            catch (LedgerException e)
            {
                throw new CommandException(ExitCode.DoesNotVerify, $"{path}: {e.Message}", e);
            }
        });
        return command;
    }

    /// <summary>What is taken from a ledger is taken from one that verifies, finished or not.</summary>
    internal static void RequireSound(string file, VerificationResult result)
    {
        if (result.Problem is not null)
        {
            throw new CommandException(ExitCode.DoesNotVerify, FindingsView.Verdict(file, result));
        }
    }

    private static KeptHead? Kept(string? path)
    {
        if (path is null)
        {
            return null;
        }
        try
        {
            return File.Exists(path) ? KeptHead.Read(path) : throw new CommandException(ExitCode.BadInput, $"There is no head {path}.");
        }
        catch (LedgerException e)
        {
            throw new CommandException(ExitCode.BadInput, e.Message, e);
        }
    }
}
