using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Live;

/// <summary>A run across machines, as the endpoints see it: who is allowed to ask has been decided, transport is somebody else's.</summary>
/// <remarks>
/// Any number of threads may call. What is acknowledged is in the ledger, on disk. Whoever asks wrongly gets <see cref="RefusedException"/>, and where it
/// concerns an update, the ledger has the reason.
/// </remarks>
public interface ILiveRun
{
    /// <summary>What a site is invited to.</summary>
    RunDescription Describe(string site);

    /// <summary>Enrols a site; the same key again gets the same entry.</summary>
    /// <returns>The index of its entry.</returns>
    Task<long> EnrolAsync(EnrolmentRequest request, CancellationToken cancellation);

    /// <summary>The key that a site enrolled with; null where it has not.</summary>
    Ledger.Signing.PublicKey? KeyOf(string site);

    /// <summary>The site gives a sign of life: every request, and every piece of a body that moves.</summary>
    void Seen(string site);

    /// <summary>What the site is to do; waits until there is something, or until <paramref name="wait"/> is over.</summary>
    Task<Work> NextWorkAsync(string site, TimeSpan wait, CancellationToken cancellation);

    Task PrepareAsync(string site, PreparationMessage message, CancellationToken cancellation);

    /// <summary>Takes an update whose body lies whole, with the right hash, in <paramref name="bodyFile"/>. Once this returns, the caller deletes what is still there.</summary>
    /// <param name="bodyFile">
    /// Null where no body of this hash lies there: a message that was answered before gets its answer again, any other is refused (<c>no-body</c>). The file may be moved away.
    /// </param>
    Task<UpdateReply> UpdateAsync(string site, UpdateMessage message, string? bodyFile, CancellationToken cancellation);

    Task FailAsync(string site, FailureMessage message, CancellationToken cancellation);

    Task EvaluateAsync(string site, EvaluationMessage message, CancellationToken cancellation);

    Task ReadAsync(string site, ReadingMessage message, CancellationToken cancellation);

    void Progress(string site, ProgressMessage message);

    /// <summary>How large a body of this hash the site may upload for the task that it has; 0 where none is expected.</summary>
    long UploadLimit(string site);

    /// <summary>Records that something a site (or nobody known) sent was turned down before it came here.</summary>
    Task RejectAsync(string? site, string reason, Digest? body, CancellationToken cancellation);

    /// <summary>The bytes of a model that was published; null where there is none.</summary>
    Task<Stream?> OpenModelAsync(Digest model, CancellationToken cancellation);

    Task<HeadReply> HeadAsync(long from, CancellationToken cancellation);

    /// <summary>The ledger's lines from an index on, without line feeds.</summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(long from, CancellationToken cancellation);

    RunStatus Status();

    /// <summary>Completes when the status is no longer what it was when its ledger had this many entries; for those who watch.</summary>
    Task ChangedAsync(long size, CancellationToken cancellation);

    Task AbortAsync(string reason, CancellationToken cancellation);
}
