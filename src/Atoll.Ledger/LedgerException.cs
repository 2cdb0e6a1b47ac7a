namespace Atoll.Ledger;

/// <summary>A ledger, or something that was to become part of one, is not what it must be.</summary>
public sealed class LedgerException(string message, Exception? inner = null) : Exception(message, inner);
