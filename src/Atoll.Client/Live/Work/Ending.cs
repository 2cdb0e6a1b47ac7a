using Atoll.Client.Live.Connection;
using Atoll.Client.Live.Folder;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;

namespace Atoll.Client.Live.Work;

/// <summary>The run is over: the site fetches what it helped to train, looks at the ledger's last head, and tidies up.</summary>
internal static class Ending
{
    /// <summary>A coordinator whose run is over need not stay. As long as a model comes, it is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <param name="arms">All that were to be trained.</param>
    public static async Task<SiteOutcome> Of(EndWork end, IReadOnlyList<string> arms, SiteFolder folder, CoordinatorConnection coordinator, HeadWatch heads, SiteSettings settings, CancellationToken cancellation)
    {
        Dictionary<string, string> models = [];
        try
        {
            await WithinPatienceAsync(clock => heads.LookAsync(clock), () => 0, settings, cancellation).ConfigureAwait(false);
            foreach ((string arm, Digest model) in end.Models)
            {
                string file = "";
                await WithinPatienceAsync(async clock => file = await folder.Models.GetAsync(model, null, coordinator, clock).ConfigureAwait(false), () => folder.Models.BytesOf(model), settings, cancellation).ConfigureAwait(false);
                string kept = Path.Combine(folder.Results, $"{model}.safetensors");
                File.Copy(file, kept, overwrite: true);
                models[arm] = kept;
            }
        }
        catch (Exception e) when (e is CoordinatorRefusedException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            settings.Say("connection", "The run is over, and its models could not be fetched any more.");
        }
        string[] missing = [.. end.Models.Keys.Where(arm => !models.ContainsKey(arm))];
        folder.Task.Clear();
        if (missing.Length == 0)
        {
            folder.Models.Clear();
        }
        settings.Say("ended", end.Reason);
        return new(end.Finished, end.Reason, models, missing, end.Finished ? [.. arms.Where(arm => !end.Models.ContainsKey(arm))] : []);
    }

    /// <exception cref="OperationCanceledException">Nothing came for too long.</exception>
    private static async Task WithinPatienceAsync(Func<CancellationToken, Task> work, Func<long> came, SiteSettings settings, CancellationToken cancellation)
    {
        for (long before = came(); ; before = came())
        {
            using CancellationTokenSource clock = new(Patience, settings.Time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellation);
            try
            {
                await work(either.Token).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && came() > before)
            {
                // It goes on where it was.
            }
        }
    }
}
