using Atoll.Ledger.Entries;

namespace Atoll.Ledger.Storage;

/// <summary>An append that waits for its turn: it can be cancelled until it is begun, and has a result afterwards.</summary>
/// <param name="data">Canonical; null for a tree head, which is made when its turn has come.</param>
/// <param name="isSignatureGood">Whether the signature that it may carry was checked already.</param>
internal sealed class PendingEntry(string kind, byte[]? data, bool isSignatureGood)
{
    private const int Waiting = 0, Begun = 1, Cancelled = 2;

    private readonly TaskCompletionSource<LedgerEntry> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state = Waiting;

    public string Kind => kind;

    public byte[]? Data => data;

    public bool IsSignatureGood => isSignatureGood;

    public Task<LedgerEntry> Task => _result.Task;

    /// <returns>False where it was cancelled.</returns>
    public bool Begin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;

    public void Cancel(CancellationToken cancellation)
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting)
        {
            _result.TrySetCanceled(cancellation);
        }
    }

    public void Complete(LedgerEntry entry) => _result.TrySetResult(entry);

    public void Fail(Exception reason) => _result.TrySetException(reason);
}
