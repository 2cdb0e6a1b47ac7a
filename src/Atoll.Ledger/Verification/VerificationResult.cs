using Atoll.Ledger.Entries;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;

namespace Atoll.Ledger.Verification;

/// <summary>What a verification found, and how much it checked.</summary>
public sealed record VerificationResult
{
    internal VerificationResult(LedgerRules rules, long signatures, int tornBytes, Problem? problem)
    {
        Entries = rules.Size;
        Kinds = rules.Kinds;
        Run = rules.Run?.Run;
        Key = rules.Run?.Key;
        (First, Last, Root, Head, End) = (rules.First, rules.Last, rules.Root, rules.Head, rules.End);
        IsComplete = problem is null && tornBytes == 0 && rules.IsComplete;
        (Sites, SitesWithoutKey) = (rules.Sites.Count, rules.Sites.WithoutKey);
        (UpdatesReceived, UpdatesCounted, UpdatesAbandoned) = (rules.Rounds.UpdatesReceived, rules.Rounds.UpdatesCounted, rules.Rounds.UpdatesAbandoned);
        (RoundsOpened, RoundsAggregated, RoundsAbandoned) = (rules.Rounds.Opened, rules.Rounds.Aggregated, rules.Rounds.Abandoned);
        TreeHeads = rules.Kinds.GetValueOrDefault(EntryKind.TreeHead);
        SiteSignatures = Math.Max(0, signatures - TreeHeads);
        (TornBytes, Problem) = (tornBytes, problem);
    }

    /// <summary>The first thing that is wrong; null where everything verifies as far as it goes. Counts are of what stands before it.</summary>
    public Problem? Problem { get; }

    /// <summary>Whether it verifies, its run is over, and a signed head covers all of it. Anything less may have lost its end.</summary>
    public bool IsComplete { get; }

    /// <summary>Bytes after the last whole line.</summary>
    public int TornBytes { get; }

    public LedgerEnd End { get; }

    public string? Run { get; }

    public PublicKey? Key { get; }

    public long Entries { get; }

    /// <summary>How many entries there are of each kind.</summary>
    public IReadOnlyDictionary<string, long> Kinds { get; }

    public DateTimeOffset First { get; }

    public DateTimeOffset Last { get; }

    /// <summary>Of all entries.</summary>
    public Digest Root { get; }

    /// <summary>The last signed head: what stands after it has no signature yet.</summary>
    public SignedTreeHead? Head { get; }

    public long TreeHeads { get; }

    public long SiteSignatures { get; }

    public int Sites { get; }

    /// <summary>Sites whose word is the coordinator's alone.</summary>
    public int SitesWithoutKey { get; }

    public long RoundsOpened { get; }

    public long RoundsAggregated { get; }

    public long RoundsAbandoned { get; }

    public long UpdatesReceived { get; }

    public long UpdatesCounted { get; }

    public long UpdatesAbandoned { get; }
}
