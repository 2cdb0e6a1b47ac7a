using Atoll.Coordinator.Live.Blobs;
using Atoll.Ledger.Storage;

namespace Atoll.Cli.Serving;

/// <summary>Where a run across machines is kept: its ledger, and the bodies of models and updates.</summary>
internal sealed record RunStore(ILedgerStore Ledger, IBlobStore Blobs) : IAsyncDisposable
{
    /// <param name="address">A database's; null for the run folder.</param>
    /// <exception cref="CommandException">There is no such kind of store.</exception>
    public static async Task<RunStore> OpenAsync(Uri? address, string folder, CancellationToken cancellation)
    {
        if (address is not null)
        {
            throw new CommandException(ExitCode.Usage, $"--store {address.Scheme} is not there yet: leave it out to keep the run in its folder.");
        }
        Directory.CreateDirectory(folder);
        return new(await FileLedger.OpenAsync(Path.Combine(folder, FileLedger.FileName), cancellation), new FileBlobs(Path.Combine(folder, "blobs")));
    }

    public ValueTask DisposeAsync() => Ledger.DisposeAsync();
}
