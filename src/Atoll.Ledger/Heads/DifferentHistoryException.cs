namespace Atoll.Ledger.Heads;

/// <summary>A coordinator showed a history that does not go on from the one it showed before. Both heads bear its signature: that is the evidence.</summary>
public sealed class DifferentHistoryException(string message, SignedTreeHead kept, SignedTreeHead shown, string evidence) : Exception(message)
{
    public SignedTreeHead Kept { get; } = kept;

    public SignedTreeHead Shown { get; } = shown;

    /// <summary>The file that both heads were written to.</summary>
    public string Evidence { get; } = evidence;
}
