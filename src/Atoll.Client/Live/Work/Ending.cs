using Atoll.Client.Live.Connection;
using Atoll.Client.Live.Folder;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;

namespace Atoll.Client.Live.Work;

/// <summary>The run is over: the site fetches what it helped to train, looks at the ledger's last head, and tidies up.</summary>
internal static class Ending
{
    /// <summary>A coordinator whose run is over need not stay.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<SiteOutcome> Of(EndWork end, SiteFolder folder, CoordinatorConnection coordinator, HeadWatch heads, SiteSettings settings, CancellationToken cancellation)
    {
        using CancellationTokenSource clock = new(Patience, settings.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellation);
        Dictionary<string, string> models = [];
        try
        {
            await heads.LookAsync(either.Token).ConfigureAwait(false);
            foreach ((string arm, Digest model) in end.Models)
            {
                string file = await folder.Models.GetAsync(model, null, coordinator, either.Token).ConfigureAwait(false);
                string kept = Path.Combine(folder.Results, $"{model}.safetensors");
                File.Copy(file, kept, overwrite: true);
                models[arm] = kept;
            }
        }
        catch (Exception e) when (e is CoordinatorRefusedException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            settings.Say("connection", "The run is over, and its models could not be fetched any more.");
        }
        folder.Task.Clear();
        folder.Models.Clear();
        settings.Say("ended", end.Finished ? end.Reason : $"The run was aborted: {end.Reason}");
        return new(end.Finished, end.Reason, models, [.. end.Models.Keys.Where(arm => !models.ContainsKey(arm))]);
    }
}
