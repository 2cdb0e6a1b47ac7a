using Atoll.Ledger;
using Atoll.Ledger.Entries;

namespace Atoll.Coordinator.Live;

/// <summary>Records what was turned down.</summary>
internal sealed class Rejections(RunLog log)
{
    private const int MaxReason = 2000;

    /// <returns>Null where the run is over: its ledger takes no more.</returns>
    public async Task<LedgerEntry?> RecordAsync(UpdateRejected rejected)
    {
        try
        {
            return await log.AppendAsync(rejected with { Reason = Legible(rejected.Reason) });
        }
        catch (LedgerException) when (log.IsEnding)
        {
            return null;
        }
    }

    /// <summary>Parts of it may be a stranger's: no half characters, and no more than people read.</summary>
    public static string Legible(string reason)
    {
        string text = new([.. reason.Take(MaxReason).Select(c => char.IsSurrogate(c) || char.IsControl(c) ? '?' : c)]);
        return text.Length > 0 ? text : "No reason was given.";
    }
}
