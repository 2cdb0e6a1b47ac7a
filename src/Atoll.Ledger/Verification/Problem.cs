namespace Atoll.Ledger.Verification;

/// <summary>What is wrong with a ledger.</summary>
/// <param name="Entry">Index of the entry, which is its line less one.</param>
/// <param name="Reason">A sentence that follows the entry's name, without capital and full stop.</param>
public sealed record Problem(long Entry, string Reason)
{
    public override string ToString() => $"Entry {Entry} (line {Entry + 1}): {Reason}.";
}
