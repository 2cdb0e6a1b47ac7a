using System.Text.Json;
using Atoll.Ledger.Canonical;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;

namespace Atoll.Ledger.Heads;

/// <summary>Shows that an entry is in a ledger, to someone who has nothing but the coordinator's key: the entry, its path to a signed head, the head and the key.</summary>
/// <param name="Path">From the leaf up.</param>
public sealed record EntryProof(JsonElement Entry, IReadOnlyList<Digest> Path, SignedTreeHead Head, PublicKey Key)
{
    /// <exception cref="LedgerException">The proof does not hold; the message says why.</exception>
    public LedgerEntry Check()
    {
        LedgerEntry entry;
        try
        {
            entry = LedgerEntry.Parse(CanonicalJson.Of(Entry));
        }
        catch (Exception e) when (e is LedgerException or FormatException)
        {
            throw new LedgerException($"The proof's entry is none: {e.Message}.", e);
        }
        if (!MerkleProof.IsIncluded(entry.Hash, entry.Index, Head.Size, Path, Head.Root))
        {
            throw new LedgerException($"The path does not lead from entry {entry.Index} to the root {Head.Root} of {Head.Size} entries.");
        }
        return Head.WhyNot(Key) is { } reason ? throw new LedgerException($"The head is not the coordinator's: {reason}.") : entry;
    }

    /// <summary>The same, against a head that a witness kept: then the key need not be believed.</summary>
    /// <exception cref="LedgerException">The proof does not hold, or is to another head.</exception>
    public LedgerEntry Check(KeptHead kept)
    {
        LedgerEntry entry = Check();
        if (Key != kept.Key && !Key.Equals(kept.Key))
        {
            throw new LedgerException($"The head must be signed by the key that the witness knows, {kept.Key.Fingerprint} (was {Key.Fingerprint}).");
        }
        if ((Head.Run, Head.Size) != (kept.Head.Run, kept.Head.Size))
        {
            throw new LedgerException($"The proof must be to the head that the witness kept, {kept.Head.Size} entries of {kept.Head.Run} (was {Head.Size} of {Head.Run}). Make it with: atoll ledger prove RUN ENTRY --head FILE");
        }
        return Head.Root == kept.Head.Root ? entry
            : throw new LedgerException($"The coordinator signed two histories of {Head.Size} entries: the witness kept root {kept.Head.Root}, the proof is to {Head.Root}.");
    }

    /// <exception cref="LedgerException">It is not a proof.</exception>
    public static EntryProof Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LedgerJson.Default.EntryProof) ?? throw new JsonException("it says null");
        }
        catch (JsonException e)
        {
            throw new LedgerException($"A proof must be JSON with entry, path, head and key: {e.Message}", e);
        }
    }

    public byte[] ToJson() => CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(this, LedgerJson.Default.EntryProof));
}
