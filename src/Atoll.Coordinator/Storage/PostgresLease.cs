using Npgsql;

namespace Atoll.Coordinator.Storage;

/// <summary>
/// The right to write a run's ledger: one coordinator at a time has it, for a few seconds, and renews it. Each time it goes to another its epoch rises; what a former holder
/// still tries to write is refused by the epoch, inside the transaction that would write it, so no clock needs to be believed for safety.
/// </summary>
public sealed class PostgresLease : IAsyncDisposable
{
    /// <summary>How long a coordinator that was killed keeps others waiting, at most.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromSeconds(3);

    private const string Take = """
        INSERT INTO atoll_leases AS l (run, epoch, holder, expires) VALUES ($1, 1, $2, clock_timestamp() + $3)
        ON CONFLICT (run) DO UPDATE SET epoch = l.epoch + 1, holder = excluded.holder, expires = excluded.expires WHERE l.expires <= clock_timestamp()
        RETURNING epoch
        """;

    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _renewing;

    private PostgresLease(NpgsqlDataSource database, string run, long epoch, TimeProvider time)
    {
        (_database, Run, Epoch, _time) = (database, run, epoch, time);
        _renewing = RenewAsync();
    }

    public string Run { get; }

    /// <summary>How often the lease has changed hands.</summary>
    public long Epoch { get; }

    /// <summary>Completes when another has the lease, or it could not be renewed in time, with the reason.</summary>
    public Task<string> Lost => _lost.Task;

    /// <summary>Waits until nobody else holds the lease.</summary>
    /// <param name="waiting">Told once, with a sentence, where somebody holds it; and where the database is gone while this process waits, which it goes on doing.</param>
    public static async Task<PostgresLease> TakeAsync(NpgsqlDataSource database, string run, TimeProvider time, Action<string>? waiting = null, CancellationToken cancellation = default)
    {
        string holder = $"{Environment.MachineName}, process {Environment.ProcessId}";
        bool standsBy = false, isGone = false;
        while (true)
        {
            TimeSpan wait = Term;
            try
            {
                if (await TryTakeAsync(database, run, holder, cancellation) is { } epoch)
                {
                    return new(database, run, epoch, time);
                }
                (string other, TimeSpan left) = await HolderAsync(database, run, cancellation);
                if (!standsBy)
                {
                    waiting?.Invoke($"Standing by: {other} coordinates {run}. This process takes over when that one ends.");
                }
                (standsBy, isGone, wait) = (true, false, left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1));
            }
            catch (NpgsqlException unreachable) when (standsBy)
            {
                if (!isGone)
                {
                    waiting?.Invoke($"The database cannot be asked whose turn it is: {unreachable.Message} This process goes on standing by.");
                }
                isGone = true;
            }
            await Task.Delay(wait, time, cancellation);
        }
    }

    /// <summary>Gives the lease back, so that another need not wait.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _renewing;
        _ended.Dispose();
        if (!Lost.IsCompleted)
        {
            await using NpgsqlCommand release = _database.CreateCommand("UPDATE atoll_leases SET expires = clock_timestamp() WHERE run = $1 AND epoch = $2");
            release.Parameters.AddRange(new NpgsqlParameter[] { new NpgsqlParameter { Value = Run }, new NpgsqlParameter { Value = Epoch } });
            try
            {
                await release.ExecuteNonQueryAsync();
            }
            catch (NpgsqlException)
            {
                // It runs out by itself.
            }
        }
    }

    private static async Task<long?> TryTakeAsync(NpgsqlDataSource database, string run, string holder, CancellationToken cancellation)
    {
        await using NpgsqlCommand take = database.CreateCommand(Take);
        take.Parameters.AddRange(new NpgsqlParameter[] { new NpgsqlParameter { Value = run }, new NpgsqlParameter { Value = holder }, new NpgsqlParameter { Value = Term } });
        return await take.ExecuteScalarAsync(cancellation) as long?;
    }

    private static async Task<(string Holder, TimeSpan Left)> HolderAsync(NpgsqlDataSource database, string run, CancellationToken cancellation)
    {
        await using NpgsqlCommand ask = database.CreateCommand("SELECT holder, expires - clock_timestamp() FROM atoll_leases WHERE run = $1");
        ask.Parameters.Add(new NpgsqlParameter { Value = run });
        await using NpgsqlDataReader reader = await ask.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetString(0), reader.GetTimeSpan(1)) : ("nobody", TimeSpan.Zero);
    }

    private async Task RenewAsync()
    {
        DateTimeOffset until = _time.GetUtcNow() + Term;
        try
        {
            while (true)
            {
                await Task.Delay(Term / 4, _time, _ended.Token);
                try
                {
                    if (!await TryRenewAsync())
                    {
                        _lost.TrySetResult($"Another coordinator has taken over {Run}.");
                        return;
                    }
                    until = _time.GetUtcNow() + Term;
                }
                catch (NpgsqlException unreachable) when (_time.GetUtcNow() < until)
                {
                    _ = unreachable; // there is time left to try again
                }
                catch (NpgsqlException unreachable)
                {
                    _lost.TrySetResult($"The lease on {Run} could not be renewed in time: {unreachable.Message}");
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It was given back.
        }
    }

    private async Task<bool> TryRenewAsync()
    {
        await using NpgsqlCommand renew = _database.CreateCommand("UPDATE atoll_leases SET expires = clock_timestamp() + $3 WHERE run = $1 AND epoch = $2");
        renew.Parameters.AddRange(new NpgsqlParameter[] { new NpgsqlParameter { Value = Run }, new NpgsqlParameter { Value = Epoch }, new NpgsqlParameter { Value = Term } });
        return await renew.ExecuteNonQueryAsync(_ended.Token) == 1;
    }
}
