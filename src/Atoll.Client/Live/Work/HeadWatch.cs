using Atoll.Client.Live.Connection;
using Atoll.Client.Live.Folder;
using Atoll.Experiments.Protocol;
using Atoll.Ledger;
using Atoll.Ledger.Heads;

namespace Atoll.Client.Live.Work;

/// <summary>The site as a witness: it has the coordinator prove that its ledger goes on from the one that was seen before.</summary>
internal sealed class HeadWatch(SiteFolder folder, SiteIdentity identity, CoordinatorConnection coordinator)
{
    /// <exception cref="DifferentHistoryException">The coordinator signed two histories. The evidence is on disk.</exception>
    /// <exception cref="WrongCoordinatorException">The head is not of this run, or not signed by its coordinator.</exception>
    public async Task LookAsync(CancellationToken cancellation)
    {
        long kept = folder.Witness.Kept(identity.Run)?.Head.Size ?? 0;
        HeadReply shown = await coordinator.HeadAsync(kept, cancellation).ConfigureAwait(false);
        if (shown.Head.Run != identity.Run)
        {
            throw new WrongCoordinatorException($"A tree head must be of the run {identity.Run}, but the coordinator showed one of {shown.Head.Run}.");
        }
        try
        {
            folder.Witness.Accept(identity.Coordinator, shown.Head, shown.Consistency);
        }
        catch (LedgerException e)
        {
            throw new WrongCoordinatorException(e.Message);
        }
    }
}
