using System.Data;
using Atoll.Coordinator.Live.Blobs;
using Atoll.Ledger.Merkle;
using Npgsql;
using NpgsqlTypes;

namespace Atoll.Coordinator.Storage;

/// <summary>Contents in PostgreSQL, one a row, up to 1 GB each. Written and read in pieces, never whole in memory here.</summary>
public sealed class PostgresBlobs(NpgsqlDataSource database, string run) : IBlobStore
{
    public async Task PutAsync(Digest name, string file, CancellationToken cancellation)
    {
        await using FileStream content = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using NpgsqlCommand put = database.CreateCommand("INSERT INTO atoll_blobs (run, name, content) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
        put.Parameters.AddRange(new NpgsqlParameter[] { new NpgsqlParameter { Value = run }, new NpgsqlParameter { Value = Bytes(name) }, new NpgsqlParameter { Value = content, NpgsqlDbType = NpgsqlDbType.Bytea, Size = checked((int)content.Length) } });
        await ExecuteAsync(put, $"keep {name}", cancellation);
    }

    public async Task<Stream?> OpenAsync(Digest name, CancellationToken cancellation)
    {
        try
        {
            await using NpgsqlCommand open = database.CreateCommand("SELECT content FROM atoll_blobs WHERE run = $1 AND name = $2");
            open.Parameters.AddRange(new NpgsqlParameter[] { new NpgsqlParameter { Value = run }, new NpgsqlParameter { Value = Bytes(name) } });
            await using NpgsqlDataReader reader = await open.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
            if (!await reader.ReadAsync(cancellation))
            {
                return null;
            }
            // Through a file of its own: readers go back and forth in it, and the connection is free for others.
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous, BufferSize = 1 << 16 };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }
            FileStream copy = new(Path.Combine(Path.GetTempPath(), $"atoll-{Path.GetRandomFileName()}"), options);
            try
            {
                await using Stream content = await reader.GetStreamAsync(0, cancellation);
                await content.CopyToAsync(copy, cancellation);
                copy.Position = 0;
                return copy;
            }
            catch
            {
                await copy.DisposeAsync();
                throw;
            }
        }
        catch (NpgsqlException failed)
        {
            throw new IOException($"The database did not give {name}: {failed.Message}", failed);
        }
    }

    public async Task DeleteAsync(Digest name, CancellationToken cancellation)
    {
        await using NpgsqlCommand delete = database.CreateCommand("DELETE FROM atoll_blobs WHERE run = $1 AND name = $2");
        delete.Parameters.AddRange(new NpgsqlParameter[] { new NpgsqlParameter { Value = run }, new NpgsqlParameter { Value = Bytes(name) } });
        await ExecuteAsync(delete, $"forget {name}", cancellation);
    }

    public async Task KeepOnlyAsync(IReadOnlyCollection<Digest> names, CancellationToken cancellation)
    {
        await using NpgsqlCommand delete = database.CreateCommand("DELETE FROM atoll_blobs WHERE run = $1 AND NOT (name = ANY($2))");
        delete.Parameters.AddRange(new NpgsqlParameter[] { new NpgsqlParameter { Value = run }, new NpgsqlParameter { Value = names.Select(Bytes).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea } });
        await ExecuteAsync(delete, "forget what is needed no more", cancellation);
    }

    private static byte[] Bytes(Digest name) => Convert.FromHexString(name.ToString());

    private static async Task ExecuteAsync(NpgsqlCommand command, string what, CancellationToken cancellation)
    {
        try
        {
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (NpgsqlException failed)
        {
            throw new IOException($"The database could not {what}: {failed.Message}", failed);
        }
    }
}
