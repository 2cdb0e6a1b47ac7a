using Atoll.Client.Live.Connection;
using Atoll.Client.Live.Folder;
using Atoll.Experiments.Protocol;
using Atoll.Ledger;
using Atoll.Ledger.Heads;

namespace Atoll.Client.Live.Work;

/// <summary>The site as a witness: it has the coordinator prove that its ledger goes on from the one that was seen before.</summary>
internal sealed class HeadWatch(SiteFolder folder, SiteIdentity identity, CoordinatorConnection coordinator)
{
    /// <summary>The refusal of a proof from more entries than there are.</summary>
    private const string BeyondTheEnd = "bad-size";

    /// <exception cref="DifferentHistoryException">The coordinator signed two histories. The evidence is on disk.</exception>
    /// <exception cref="WrongCoordinatorException">The head is not of this run, or not signed by its coordinator.</exception>
    public async Task LookAsync(CancellationToken cancellation)
    {
        HeadReply shown = await AskAsync(folder.Witness.Kept(identity.Run)?.Head.Size ?? 0, cancellation).ConfigureAwait(false);
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

    /// <summary>A coordinator whose ledger is shorter than the one that it signed before, as after a restored backup, has its newest head to show for it: without a proof, which there cannot be.</summary>
    private async Task<HeadReply> AskAsync(long kept, CancellationToken cancellation)
    {
        try
        {
            return await coordinator.HeadAsync(kept, cancellation).ConfigureAwait(false);
        }
        catch (CoordinatorRefusedException refused) when (refused.Code == BeyondTheEnd && kept > 0)
        {
            HeadReply shown = await coordinator.HeadAsync(0, cancellation).ConfigureAwait(false);
            return shown.Head.Size < kept ? shown
                : throw new ProtocolException($"A coordinator whose ledger has {shown.Head.Size} entries must prove that it goes on from {kept}, but says that it cannot: {refused.Message}", refused);
        }
    }
}
