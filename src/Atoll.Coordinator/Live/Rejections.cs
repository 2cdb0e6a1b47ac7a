using Atoll.Ledger;
using Atoll.Ledger.Entries;

namespace Atoll.Coordinator.Live;

/// <summary>Records what was turned down.</summary>
internal sealed class Rejections(RunLog log)
{
    private const int MaxReason = 2000;

    /// <summary>A site that goes on sending what is refused would fill the disk: so many of its refusals are recorded, and so many more for each task that it takes.</summary>
    private const int FirstRecorded = 1000, RecordedPerTask = 8;

    /// <returns>Null where the ledger takes no more: the run is over, or the site has too much of this in it already.</returns>
    public async Task<LedgerEntry?> RecordAsync(UpdateRejected rejected)
    {
        lock (log.Gate)
        {
            if (rejected.Site is { } name && log.Record.IndexOf(name) is { } index && log.Record.Sites[index] is { } site && site.Rejected >= FirstRecorded + RecordedPerTask * (long)site.Tasks)
            {
                return null;
            }
        }
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
