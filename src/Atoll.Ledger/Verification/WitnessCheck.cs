using Atoll.Ledger.Entries;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Merkle;

namespace Atoll.Ledger.Verification;

/// <summary>Whether a ledger begins with what a witness saw.</summary>
internal sealed class WitnessCheck(KeptHead kept)
{
    private readonly MerkleFrontier _tree = new();
    private Digest? _root;

    public void Take(LedgerEntry entry)
    {
        if (_root is null)
        {
            _tree.Append(entry.Hash);
            _root = _tree.Size == kept.Head.Size ? _tree.Root : null;
        }
    }

    public Problem? Problem(LedgerRules rules)
    {
        if (rules.Run is not { } run)
        {
            return null; // nothing verified, which is said already
        }
        string? reason = run.Run != kept.Head.Run ? $"the witness kept a head of the run '{kept.Head.Run}', but the ledger is of '{run.Run}'"
            : !run.Key.Equals(kept.Key) ? $"the coordinator's key must be the one that the witness knows, {kept.Key.Fingerprint} (was {run.Key.Fingerprint})"
            : null;
        return reason is not null ? new(0, reason)
            : _root is null ? new(rules.Size, $"the witness saw {kept.Head.Size} entries, but the ledger has {rules.Size}: its end was cut off, or it is an older copy")
            : _root != kept.Head.Root ? new(kept.Head.Size - 1, $"the witness saw another history: the first {kept.Head.Size} entries must have root {kept.Head.Root} (was {_root})")
            : null;
    }
}
