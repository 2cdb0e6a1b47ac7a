using System.Text.Json;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;

namespace Atoll.Ledger.Heads;

/// <summary>The coordinator's signature under everything that its ledger held at one moment. In the ledger it is the data of a tree-head entry.</summary>
public sealed record SignedTreeHead : IEntryData
{
    public static string Kind => EntryKind.TreeHead;

    /// <summary>How many entries it covers: all before the one that holds it.</summary>
    public required long Size { get; init; }

    /// <summary>Of the Merkle tree of these entries.</summary>
    public required Digest Root { get; init; }

    /// <summary>Like an entry's, and that of the entry which holds it.</summary>
    public required string Time { get; init; }

    public required string Run { get; init; }

    /// <summary>Of <c>{root, run, size, time}</c>, in the domain <c>tree-head</c>. See <see cref="Signed"/>.</summary>
    public required string Signature { get; init; }

    public static SignedTreeHead Sign(string run, long size, Digest root, DateTimeOffset time, SigningKey key)
    {
        SignedTreeHead head = new() { Run = run, Size = size, Root = root, Time = LedgerEntry.Text(time), Signature = "" };
        return head with { Signature = Signed.Sign(EntryKind.TreeHead, head.Statement(), key) };
    }

    /// <summary>Why the signature does not hold; null when it does.</summary>
    public string? WhyNot(PublicKey key) => Signed.WhyNot(EntryKind.TreeHead, Statement(), Signature, key);

    internal JsonElement Statement() => JsonSerializer.SerializeToElement(new(Root, Run, Size, Time), HeadJson.Default.HeadStatement);
}
