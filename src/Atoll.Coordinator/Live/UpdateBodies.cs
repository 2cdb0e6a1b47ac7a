using Atoll.Coordinator.Live.Blobs;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Live;

/// <summary>
/// Bodies of updates, from when they are taken in until nobody needs them. What an earlier round lets go may be what a later update brings again: updates that are all zeros have one body.
/// So nothing goes while it is in somebody's hands, and what is going is gone before it is kept anew.
/// </summary>
/// <param name="isNeeded">Whether the ledger, as far as it goes, needs a content.</param>
internal sealed class UpdateBodies(IBlobStore blobs, Func<Digest, bool> isNeeded)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Digest, int> _inHand = [];
    private readonly Dictionary<Digest, Task> _going = [];

    /// <summary>Keeps a body, and then records it.</summary>
    /// <param name="record">After it, the ledger needs the body.</param>
    public async Task<LedgerEntry> KeepAsync(Digest body, string file, Func<Task<LedgerEntry>> record)
    {
        Task? going;
        lock (_lock)
        {
            _inHand[body] = _inHand.GetValueOrDefault(body) + 1;
            going = _going.GetValueOrDefault(body);
        }
        try
        {
            await (going ?? Task.CompletedTask);
            await blobs.PutAsync(body, file, CancellationToken.None);
            return await record();
        }
        finally
        {
            lock (_lock)
            {
                if (--_inHand[body] == 0)
                {
                    _inHand.Remove(body);
                }
            }
        }
    }

    /// <summary>Lets a content go, unless somebody needs it.</summary>
    /// <returns>Whether it is gone.</returns>
    public async Task<bool> LetGoAsync(Digest content, CancellationToken cancellation)
    {
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_inHand.ContainsKey(content) || isNeeded(content))
            {
                return false;
            }
            _going[content] = gone.Task;
        }
        try
        {
            await blobs.DeleteAsync(content, cancellation);
            return true;
        }
        finally
        {
            lock (_lock)
            {
                _going.Remove(content);
            }
            gone.SetResult();
        }
    }
}
