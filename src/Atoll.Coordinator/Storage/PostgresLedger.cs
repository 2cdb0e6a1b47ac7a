using System.Runtime.CompilerServices;
using Atoll.Ledger;
using Atoll.Ledger.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Atoll.Coordinator.Storage;

/// <summary>A ledger in PostgreSQL, one entry a row. The lease says who may write; a writer whose lease has gone to another is refused.</summary>
public sealed class PostgresLedger : ILedgerStore
{
    /// <summary>Lines that a reader has in memory at once.</summary>
    private const int PageLines = 1_000;

    private readonly NpgsqlDataSource _database;
    private readonly PostgresLease _lease;
    private long _length;

    private PostgresLedger(NpgsqlDataSource database, PostgresLease lease, long length) => (_database, _lease, _length) = (database, lease, length);

    public long Length => Volatile.Read(ref _length);

    /// <summary>A transaction is there whole or not at all: nothing is ever torn.</summary>
    public string? Recovered => null;

    /// <param name="lease">Stays the caller's, to be given back after the ledger is disposed.</param>
    /// <exception cref="LedgerException">The rows are not 0, 1, 2 …</exception>
    public static async Task<PostgresLedger> OpenAsync(NpgsqlDataSource database, PostgresLease lease, CancellationToken cancellation = default)
    {
        await using NpgsqlCommand count = database.CreateCommand("SELECT count(*), coalesce(max(entry) + 1, 0) FROM atoll_entries WHERE run = $1");
        count.Parameters.Add(new NpgsqlParameter { Value = lease.Run });
        await using NpgsqlDataReader reader = await count.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        (long rows, long next) = (reader.GetInt64(0), reader.GetInt64(1));
        return rows == next ? new(database, lease, rows) : throw new LedgerException($"The ledger of {lease.Run} must have entries 0 to {next - 1}, but {next - rows} of them are missing from the database.");
    }

    public async ValueTask AppendAsync(long index, IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        if (index != Length)
        {
            throw new LedgerException($"The next entry of {_lease.Run} must be {Length} (was {index}).");
        }
        try
        {
            await using NpgsqlConnection connection = await _database.OpenConnectionAsync();
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            await RequireLeaseAsync(connection, transaction);
            await using (NpgsqlBinaryImporter rows = await connection.BeginBinaryImportAsync("COPY atoll_entries (run, entry, line) FROM STDIN (FORMAT BINARY)"))
            {
                for (int i = 0; i < lines.Count; i++)
                {
                    await rows.StartRowAsync();
                    await rows.WriteAsync(_lease.Run, NpgsqlDbType.Text);
                    await rows.WriteAsync(index + i, NpgsqlDbType.Bigint);
                    await rows.WriteAsync(lines[i].ToArray(), NpgsqlDbType.Bytea);
                }
                await rows.CompleteAsync();
            }
            await transaction.CommitAsync();
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new IOException($"Another coordinator has written entry {index} of {_lease.Run}.", taken);
        }
        catch (NpgsqlException failed)
        {
            throw new IOException($"The database did not take {lines.Count} entries of {_lease.Run}: {failed.Message}", failed);
        }
        Volatile.Write(ref _length, _length + lines.Count);
    }

    /// <remarks>A page at a time: whoever takes the lines slowly, as over a network, keeps no connection of the database from those who write.</remarks>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(long from, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (long length = Length; from < length; from += PageLines)
        {
            foreach (byte[] line in await PageAsync(from, Math.Min(from + PageLines, length), cancellation))
            {
                yield return line;
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<List<byte[]>> PageAsync(long from, long to, CancellationToken cancellation)
    {
        List<byte[]> lines = new((int)(to - from));
        await using NpgsqlCommand read = _database.CreateCommand("SELECT line FROM atoll_entries WHERE run = $1 AND entry >= $2 AND entry < $3 ORDER BY entry");
        read.Parameters.AddRange(new NpgsqlParameter[] { new NpgsqlParameter { Value = _lease.Run }, new NpgsqlParameter { Value = from }, new NpgsqlParameter { Value = to } });
        await using NpgsqlDataReader reader = await read.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            lines.Add(reader.GetFieldValue<byte[]>(0));
        }
        return lines;
    }

    /// <summary>Locks the lease's row until the transaction ends: nobody can take over in between.</summary>
    private async Task RequireLeaseAsync(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        await using NpgsqlCommand ask = new("SELECT epoch, holder FROM atoll_leases WHERE run = $1 FOR SHARE", connection, transaction);
        ask.Parameters.Add(new NpgsqlParameter { Value = _lease.Run });
        await using NpgsqlDataReader reader = await ask.ExecuteReaderAsync();
        bool isThere = await reader.ReadAsync();
        if (!isThere || reader.GetInt64(0) != _lease.Epoch)
        {
            throw new IOException($"{(isThere ? reader.GetString(1) : "Nobody")} coordinates {_lease.Run} now; this process may write no more.");
        }
    }
}
