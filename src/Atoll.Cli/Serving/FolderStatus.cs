using Atoll.Cli.Ledger;
using Atoll.Experiments.Protocol;

namespace Atoll.Cli.Serving;

/// <summary>A run's status from its folder: what its ledger says. Who is connected now, only the coordinator knows.</summary>
internal sealed class FolderStatus(string run) : IStatusSource
{
    public Task<RunStatus> ReadAsync(CancellationToken cancellation)
    {
        string file = LedgerCommand.FileOf(run);
        throw new CommandException(ExitCode.BadInput, $"{file}: the status of a folder is not worked out yet. Ask its coordinator: atoll status https://host:port --authority {run}");
    }

    public void Dispose()
    {
    }
}
