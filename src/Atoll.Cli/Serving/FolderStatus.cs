using System.Text;
using System.Text.Json;
using Atoll.Cli.Ledger;
using Atoll.Coordinator.Live;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Storage;
using Atoll.Ledger.Verification;

namespace Atoll.Cli.Serving;

/// <summary>A run's status from its folder: what its ledger says, which is verified on the way. Who is connected now, only the coordinator knows.</summary>
internal sealed class FolderStatus(string run) : IStatusSource
{
    private readonly string _folder = Directory.Exists(run) ? run : Path.GetDirectoryName(Path.GetFullPath(run))!;

    public async Task<RunStatus> ReadAsync(CancellationToken cancellation)
    {
        string file = FileOf();
        RunFold? fold = null;
        VerificationResult result = await new LedgerVerifier().VerifyAsync(file, entry =>
        {
            fold ??= Begin(file, entry);
            fold.Take(entry);
        }, cancellation);
        LedgerCommand.RequireSound(file, result);
        if (fold is null)
        {
            throw new CommandException(ExitCode.BadInput, $"{file} has no whole entry yet.");
        }
        if (fold.SchemasBody is { } name)
        {
            TakeSchemas(fold, name);
        }
        return fold.Status(result.Entries, result.Root);
    }

    public void Dispose()
    {
    }

    private string FileOf() => Directory.Exists(run) && !File.Exists(FileLedger.FileOf(run)) && ServedFolder.Read(run) is not null
        ? throw new CommandException(ExitCode.BadInput, $"There is no {FileLedger.FileName} in {run}: where a run is kept in a database (--store), its folder gets one when it is over. "
            + $"Ask its coordinator: atoll status https://host:port --authority {run}")
        : LedgerCommand.FileOf(run);

    /// <summary>The experiment that lies beside the ledger, and is the one that it names.</summary>
    private RunFold Begin(string ledger, LedgerEntry first)
    {
        RunCreated created = first.Read<RunCreated>();
        string file = Path.Combine(_folder, ExperimentFile.DefaultName);
        if (created is not { Sites: { } sites, Experiment: { } named })
        {
            throw new CommandException(ExitCode.BadInput, $"{ledger} must be of a run across machines, whose first entry names its experiment and sites, but entry {first.Index} does not.");
        }
        if (!File.Exists(file))
        {
            throw new CommandException(ExitCode.BadInput, $"{file} must lie beside the ledger, which says what happened but not what was to happen; it is not there.");
        }
        byte[] text = File.ReadAllBytes(file);
        return Digest.Of(text) is var found && found == named ? new(ExperimentFile.Parse(Encoding.UTF8.GetString(text), file, Path.GetFullPath(_folder)), sites, first.Time)
            : throw new CommandException(ExitCode.BadInput, $"{file} must be the experiment that {ledger} names in entry {first.Index}, with the SHA-256 {named}, but has {found}: it was changed, or is another run's.");
    }

    /// <summary>Where the bodies are kept elsewhere, the models' sizes stay unknown; nothing else depends on them.</summary>
    private void TakeSchemas(RunFold fold, Digest name)
    {
        string file = Path.Combine(RunStore.BlobsOf(_folder), name.ToString());
        if (!File.Exists(file))
        {
            return;
        }
        try
        {
            byte[] content = File.ReadAllBytes(file);
            if (Digest.Of(content) is var found && found != name)
            {
                throw new CommandException(ExitCode.DoesNotVerify, $"{file} must have the SHA-256 that it is named by, but has {found}.");
            }
            fold.TakeSchemas(content);
        }
        catch (JsonException e)
        {
            throw new CommandException(ExitCode.BadInput, $"{file} must have the sites' schemas as this version of Atoll writes them: {e.Message}", e);
        }
    }
}
