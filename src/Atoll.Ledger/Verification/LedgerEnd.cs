namespace Atoll.Ledger.Verification;

/// <summary>How far a ledger's run has come.</summary>
public enum LedgerEnd
{
    /// <summary>It goes on, or was interrupted; or the ledger's end was cut off, which looks the same.</summary>
    Open,

    Finished,

    Aborted,
}
