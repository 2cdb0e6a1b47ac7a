using System.Text.Json;
using Atoll.Ledger.Canonical;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Signing;

namespace Atoll.Ledger.Heads;

/// <summary>A head that a witness keeps in a file of its own, with the key that must have signed it.</summary>
public sealed record KeptHead(PublicKey Key, SignedTreeHead Head)
{
    /// <exception cref="LedgerException">The file is not a kept head, or its signature is not the key's.</exception>
    public static KeptHead Read(string path)
    {
        try
        {
            KeptHead kept = JsonSerializer.Deserialize(File.ReadAllBytes(path), LedgerJson.Default.KeptHead) ?? throw new JsonException("it says null");
            return kept.Head.WhyNot(kept.Key) is { } reason ? throw new LedgerException($"{path}: {reason}.") : kept;
        }
        catch (JsonException e)
        {
            throw new LedgerException($"A head that a witness kept must be a file with key and head, but {path} is none: {e.Message}", e);
        }
    }

    public byte[] ToJson() => CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(this, LedgerJson.Default.KeptHead));
}
