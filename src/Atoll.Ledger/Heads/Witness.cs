using System.Globalization;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Storage;

namespace Atoll.Ledger.Heads;

/// <summary>Keeps the last head that it saw of every run, in a file each, and believes a new one only if it goes on from there.</summary>
/// <param name="folder">Made if need be.</param>
/// <remarks>One call at a time for a run. What a site's client does with each head that the coordinator shows it.</remarks>
public sealed class Witness(string folder)
{
    /// <summary>The file of a run's head: what <c>atoll ledger verify --head</c> takes.</summary>
    public string FileOf(string run) => Path.Combine(folder, Legal(run) + ".head.json");

    /// <summary>The last head of a run; null before the first.</summary>
    /// <exception cref="LedgerException">The file is damaged.</exception>
    public KeptHead? Kept(string run) => File.Exists(FileOf(run)) ? KeptHead.Read(FileOf(run)) : null;

    /// <summary>Takes a head that a coordinator shows.</summary>
    /// <param name="key">The coordinator's, as this site knows it from its enrolment.</param>
    /// <param name="consistency">From the smaller of the kept head and this one to the larger; empty for the first head, and for one of the same size.</param>
    /// <returns>The head that is kept now: this one, or a larger one that was seen before.</returns>
    /// <exception cref="LedgerException">The head is not signed by the key, or the key is not the run's.</exception>
    /// <exception cref="DifferentHistoryException">It is signed, but is no continuation, or none was proven; the kept head stays.</exception>
    public SignedTreeHead Accept(PublicKey key, SignedTreeHead head, IReadOnlyList<Digest> consistency)
    {
        if (head.WhyNot(key) is { } reason)
        {
            throw new LedgerException($"A tree head of {Legal(head.Run)} must be signed by its coordinator, but {reason}.");
        }
        if (Kept(head.Run) is not { } kept)
        {
            Write(FileOf(head.Run), new(key, head));
            return head;
        }
        if (!kept.Key.Equals(key))
        {
            throw new LedgerException($"The heads of {head.Run} must be signed by the key that signed the first, {kept.Key.Fingerprint} (was {key.Fingerprint}).");
        }
        (SignedTreeHead smaller, SignedTreeHead larger) = head.Size < kept.Head.Size ? (head, kept.Head) : (kept.Head, head);
        if (!MerkleProof.IsConsistent(smaller.Size, smaller.Root, larger.Size, larger.Root, consistency))
        {
            string evidence = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{head.Run}.conflict-{kept.Head.Size}-{head.Size}.json"));
            Write(evidence, new(key, head));
            throw new DifferentHistoryException($"The coordinator showed another history of {head.Run}: its head of {head.Size} entries (root {head.Root}) was not shown to agree with "
                + $"that of {kept.Head.Size} entries seen before (root {kept.Head.Root}). Both are signed by it; they are in {evidence} and {FileOf(head.Run)}.", kept.Head, head, evidence);
        }
        if (larger != kept.Head)
        {
            Write(FileOf(head.Run), new(key, larger));
        }
        return larger;
    }

    /// <summary>Whole or not at all: a torn file would make the site forget what it saw.</summary>
    private void Write(string path, KeptHead head)
    {
        Directory.CreateDirectory(folder);
        string part = path + ".part";
        using (FileStream stream = new(part, FileMode.Create, FileAccess.Write))
        {
            stream.Write(head.ToJson());
            stream.Flush(flushToDisk: true);
        }
        File.Move(part, path, overwrite: true);
        FolderSync.Flush(folder);
    }

    private static string Legal(string run) => RunName.IsLegal(run) ? run : throw new LedgerException($"Of a head, {RunName.Rule} (was '{run}').");
}
