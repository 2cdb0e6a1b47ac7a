using Atoll.Coordinator.Live.Blobs;
using Atoll.Coordinator.Storage;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Storage;

namespace Atoll.Cli.Serving;

/// <summary>Where a run across machines is kept: its ledger, and the bodies of models and updates.</summary>
/// <param name="Database">Null where that is the run folder.</param>
internal sealed record RunStore(ILedgerStore Ledger, IBlobStore Blobs, PostgresStore? Database) : IAsyncDisposable
{
    /// <summary>Completes, with the reason, when this process may write no more.</summary>
    public Task<string> Lost => Database?.Lost ?? Never.Task;

    private static TaskCompletionSource<string> Never { get; } = new();

    /// <summary>Where a run folder has the bodies that its ledger names.</summary>
    public static string BlobsOf(string folder) => Path.Combine(folder, "blobs");

    /// <param name="address">A database's; null for the run folder.</param>
    /// <param name="waiting">Told where another process coordinates the run: this one waits for its turn.</param>
    public static async Task<RunStore> OpenAsync(Uri? address, string run, string folder, Action<string> waiting, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        if (address is null)
        {
            return new(await FileLedger.OpenAsync(FileLedger.FileOf(folder), cancellation), new FileBlobs(BlobsOf(folder)), null);
        }
        try
        {
            PostgresStore database = await PostgresStore.OpenAsync(address.OriginalString, run, TimeProvider.System, waiting, cancellation);
            return new(database.Ledger, database.Blobs, database);
        }
        catch (FormatException e)
        {
            throw new CommandException(ExitCode.Usage, $"--store: {e.Message}", e);
        }
    }

    /// <summary>Writes the ledger, and the bodies that outlast the run, into the run folder where they are kept elsewhere, so that the folder proves the run by itself.</summary>
    /// <param name="bodies">That are to be there.</param>
    public async Task WriteToFolderAsync(string folder, IReadOnlyCollection<Digest> bodies, CancellationToken cancellation)
    {
        if (Database is null)
        {
            return;
        }
        await WriteAsync(FileLedger.FileOf(folder), async lines =>
        {
            await foreach (ReadOnlyMemory<byte> line in Ledger.ReadAsync(0, cancellation))
            {
                await lines.WriteAsync(line, cancellation);
                lines.WriteByte((byte)'\n');
            }
        });
        Directory.CreateDirectory(BlobsOf(folder));
        foreach (Digest body in bodies)
        {
            await using Stream? content = await Blobs.OpenAsync(body, cancellation);
            if (content is not null)
            {
                await WriteAsync(Path.Combine(BlobsOf(folder), body.ToString()), file => content.CopyToAsync(file, cancellation));
            }
        }
    }

    private static async Task WriteAsync(string file, Func<FileStream, Task> write)
    {
        string part = file + Experiments.WholeFile.PartSuffix;
        await using (FileStream whole = new(part, FileMode.Create, FileAccess.Write))
        {
            await write(whole);
            whole.Flush(flushToDisk: true);
        }
        File.Move(part, file, overwrite: true);
    }

    public ValueTask DisposeAsync() => Database?.DisposeAsync() ?? Ledger.DisposeAsync();
}
