namespace Atoll.Ledger.Storage;

/// <summary>Where a ledger's lines are kept, durably and in order. It knows nothing of what they say.</summary>
/// <remarks>
/// One writer at a time, which the store holds from when it is opened until it is disposed. <see cref="LedgerWriter"/> calls from one thread at a time, except
/// <see cref="ReadAsync"/>, which may run beside an append. After an append has thrown, only reading and disposing are allowed.
/// </remarks>
public interface ILedgerStore : IAsyncDisposable
{
    /// <summary>How many lines there are.</summary>
    long Length { get; }

    /// <summary>What was put right when the store was opened; null where nothing was.</summary>
    string? Recovered { get; }

    /// <summary>Appends lines; when it returns they survive a loss of power.</summary>
    /// <param name="index">That of the first line: must be <see cref="Length"/>, so that a writer whose place was taken by another cannot go on.</param>
    /// <param name="lines">Without line feeds.</param>
    /// <exception cref="LedgerException">Another wrote in between.</exception>
    /// <exception cref="IOException">They could not be written; whether some of them are there is not known until the store is opened anew.</exception>
    ValueTask AppendAsync(long index, IReadOnlyList<ReadOnlyMemory<byte>> lines);

    /// <summary>The lines that are durable when it is called, from <paramref name="from"/> on. Each is the caller's to keep.</summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(long from, CancellationToken cancellation = default);
}
