using Npgsql;

namespace Atoll.Coordinator.Storage;

/// <summary>The tables: whose turn it is, what happened, and the bodies. Any number of runs in one database.</summary>
internal static class PostgresTables
{
    /// <summary>Of an advisory lock that keeps two coordinators from making the tables at once.</summary>
    private const long Making = 0x61746F6C6C;

    private static readonly string Statements = $"""
        SELECT pg_advisory_xact_lock({Making});
        CREATE TABLE IF NOT EXISTS atoll_leases (
            run text PRIMARY KEY,
            epoch bigint NOT NULL,
            holder text NOT NULL,
            expires timestamptz NOT NULL);
        CREATE TABLE IF NOT EXISTS atoll_entries (
            run text NOT NULL,
            entry bigint NOT NULL,
            line bytea NOT NULL,
            PRIMARY KEY (run, entry));
        CREATE TABLE IF NOT EXISTS atoll_blobs (
            run text NOT NULL,
            name bytea NOT NULL,
            content bytea NOT NULL,
            PRIMARY KEY (run, name));
        ALTER TABLE atoll_blobs ALTER COLUMN content SET STORAGE EXTERNAL;
        """;

    public static async Task MakeAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using NpgsqlConnection connection = await database.OpenConnectionAsync(cancellation);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellation);
        await using (NpgsqlCommand make = new(Statements, connection, transaction))
        {
            await make.ExecuteNonQueryAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
    }
}
