using Atoll.Client.Live.Connection;
using Atoll.Client.Live.Folder;
using Atoll.Experiments.Protocol;

namespace Atoll.Client.Live.Work;

/// <summary>Takes the answer that is on disk to the coordinator, and what its training took.</summary>
internal sealed class Delivery(SiteFolder folder, CoordinatorConnection coordinator, SiteSettings settings)
{
    private const string NoBody = "no-body";

    private const int MostUploads = 5;

    /// <param name="isAgain">Whether some of it may have been sent before this start.</param>
    /// <returns>Whether the coordinator took the update; false too where it says no to it.</returns>
    public async Task<bool> DeliverAsync(PendingAnswer answer, bool isAgain, CancellationToken cancellation)
    {
        UpdateMessage update = answer.Update;
        string name = update.Turn is { } turn ? $"{update.Arm} turn {turn}" : $"{update.Arm} round {update.Round}";
        bool counted = false;
        try
        {
            UpdateReply reply = await SendAsync(update, isAgain, cancellation).ConfigureAwait(false);
            counted = reply.Counted;
            settings.Say(counted ? "counted" : "refused", $"{name}: {(counted ? "the update counts" : "the update does not count")}: {reply.Reason}", update.Arm, update.Round);
        }
        catch (CoordinatorRefusedException refused) when (!refused.IsOfSite)
        {
            settings.Say("refused", $"{name}: the update was refused: {refused.Message}", update.Arm, update.Round);
        }
        foreach (ReadingMessage reading in answer.Readings)
        {
            try
            {
                await coordinator.ReadAsync(reading, cancellation).ConfigureAwait(false);
            }
            catch (CoordinatorRefusedException refused) when (!refused.IsOfSite)
            {
                settings.Say("refused", $"{name}: the meter reading was refused: {refused.Message}", update.Arm, update.Round);
            }
        }
        if (!counted)
        {
            folder.States.Forget(update.Arm, update.Task);
        }
        folder.Task.Clear();
        return counted;
    }

    /// <summary>
    /// After a start, or where an answer was lost, the message may have arrived before: it is said again without its body, which the coordinator asks for if it did not.
    /// </summary>
    private async Task<UpdateReply> SendAsync(UpdateMessage update, bool isAgain, CancellationToken cancellation)
    {
        for (int attempt = 0; ; attempt++)
        {
            if (attempt > 0 || !isAgain)
            {
                await coordinator.UploadAsync(update.Update, folder.Task.UpdateFile, mayBeThere: isAgain || attempt > 0, cancellation).ConfigureAwait(false);
            }
            try
            {
                return await coordinator.UpdateAsync(update, cancellation).ConfigureAwait(false);
            }
            catch (CoordinatorRefusedException refused) when (refused.Code == NoBody && attempt < MostUploads)
            {
            }
        }
    }
}
