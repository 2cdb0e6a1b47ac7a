using Atoll.Coordinator.Live.Blobs;
using Npgsql;

namespace Atoll.Coordinator.Storage;

/// <summary>A run in PostgreSQL: several coordinators may stand by, one is active. When it ends, however it ends, another takes over within <see cref="PostgresLease.Term"/>.</summary>
public sealed class PostgresStore : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly PostgresLease _lease;

    private PostgresStore(NpgsqlDataSource database, PostgresLease lease, PostgresLedger ledger) => (_database, _lease, Ledger, Blobs) = (database, lease, ledger, new PostgresBlobs(database, lease.Run));

    public PostgresLedger Ledger { get; }

    public IBlobStore Blobs { get; }

    /// <summary>Completes, with the reason, when this process may write no more: end the run here, and stand by again.</summary>
    public Task<string> Lost => _lease.Lost;

    /// <summary>Waits for this process's turn.</summary>
    /// <param name="address">See <see cref="PostgresAddress"/>.</param>
    /// <param name="waiting">Told where another coordinates the run.</param>
    /// <exception cref="FormatException">The address is none.</exception>
    /// <exception cref="IOException">The database cannot be reached.</exception>
    public static async Task<PostgresStore> OpenAsync(string address, string run, TimeProvider time, Action<string>? waiting = null, CancellationToken cancellation = default)
    {
        NpgsqlDataSource database = NpgsqlDataSource.Create(PostgresAddress.ToConnectionString(address));
        PostgresLease? lease = null;
        try
        {
            await PostgresTables.MakeAsync(database, cancellation);
            lease = await PostgresLease.TakeAsync(database, run, time, waiting, cancellation);
            return new(database, lease, await PostgresLedger.OpenAsync(database, lease, cancellation));
        }
        catch (Exception failed)
        {
            if (lease is not null)
            {
                await lease.DisposeAsync();
            }
            await database.DisposeAsync();
            if (failed is NpgsqlException unreachable)
            {
                throw new IOException($"The database of {run} cannot be used: {unreachable.Message}", unreachable);
            }
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await _lease.DisposeAsync();
        await _database.DisposeAsync();
    }
}
