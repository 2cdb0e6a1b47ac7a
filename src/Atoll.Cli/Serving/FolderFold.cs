using System.Text;
using System.Text.Json;
using Atoll.Coordinator.Live;
using Atoll.Experiments;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;

namespace Atoll.Cli.Serving;

/// <summary>What folding a ledger takes from the folder that it lies in: each only if it is what the ledger names.</summary>
internal static class FolderFold
{
    /// <summary>Begins with the experiment that lies beside the ledger.</summary>
    /// <exception cref="CommandException">It does not lie there, or is not the one that the first entry names.</exception>
    public static RunFold Begin(string folder, string ledger, LedgerEntry first)
    {
        RunCreated created = first.Read<RunCreated>();
        string file = Path.Combine(folder, ExperimentFile.DefaultName);
        if (created is not { Sites: { } sites, Experiment: { } named })
        {
            throw new CommandException(ExitCode.BadInput, $"{ledger} must be of a run across machines, whose first entry names its experiment and sites, but entry {first.Index} does not.");
        }
        if (!File.Exists(file))
        {
            throw new CommandException(ExitCode.BadInput, $"{file} must lie beside the ledger, which says what happened but not what was to happen; it is not there.");
        }
        byte[] text = File.ReadAllBytes(file);
        return Digest.Of(text) is var found && found == named ? new(ExperimentFile.Parse(Encoding.UTF8.GetString(text), file, Path.GetFullPath(folder)), sites, first.Time)
            : throw new CommandException(ExitCode.BadInput, $"{file} must be the experiment that {ledger} names in entry {first.Index}, with the SHA-256 {named}, but has {found}: it was changed, or is another run's.");
    }

    /// <summary>Gives the fold the sites' schemas, where they are known yet.</summary>
    /// <returns>The file that they should be in and are not: bodies may be kept elsewhere. Null where nothing is missing.</returns>
    /// <exception cref="CommandException">They are not those that the ledger names, or cannot be read.</exception>
    public static string? TakeSchemas(RunFold fold, string folder)
    {
        if (fold.SchemasBody is not { } name)
        {
            return null;
        }
        string file = Path.Combine(RunStore.BlobsOf(folder), name.ToString());
        if (!File.Exists(file))
        {
            return file;
        }
        try
        {
            byte[] content = File.ReadAllBytes(file);
            if (Digest.Of(content) is var found && found != name)
            {
                throw new CommandException(ExitCode.DoesNotVerify, $"{file} must have the SHA-256 that it is named by, but has {found}.");
            }
            fold.TakeSchemas(content);
            return null;
        }
        catch (JsonException e)
        {
            throw new CommandException(ExitCode.BadInput, $"{file} must have the sites' schemas as this version of Atoll writes them: {e.Message}", e);
        }
    }
}
