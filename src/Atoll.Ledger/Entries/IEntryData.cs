namespace Atoll.Ledger.Entries;

/// <summary>The data of a kind of entry.</summary>
public interface IEntryData
{
    /// <summary>One of <see cref="EntryKind"/>.</summary>
    static abstract string Kind { get; }
}
