using Atoll.Cli.Ledger;
using Atoll.Coordinator.Live;
using Atoll.Experiments.Protocol;
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
            fold ??= FolderFold.Begin(_folder, file, entry);
            fold.Take(entry);
        }, cancellation);
        LedgerCommand.RequireSound(file, result);
        if (fold is null)
        {
            throw new CommandException(ExitCode.BadInput, $"{file} has no whole entry yet.");
        }
        FolderFold.TakeSchemas(fold, _folder); // without them the models' sizes stay unknown; nothing else of a status depends on them
        return fold.Status(result.Entries, result.Root);
    }

    public void Dispose()
    {
    }

    private string FileOf() => Directory.Exists(run) && !File.Exists(FileLedger.FileOf(run)) && ServedFolder.Read(run) is not null
        ? throw new CommandException(ExitCode.BadInput, $"There is no {FileLedger.FileName} in {run}: where a run is kept in a database (--store), its folder gets one when it is over. "
            + $"Ask its coordinator: atoll status https://host:port --authority {run}")
        : LedgerCommand.FileOf(run);
}
