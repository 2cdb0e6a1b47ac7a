using Atoll.Client.Live.Connection;

namespace Atoll.Client.Live.Work;

/// <summary>Signs of life while a task is trained.</summary>
internal static class Heartbeat
{
    /// <summary>Goes on until it is cancelled, which is its regular end.</summary>
    public static async Task BeatAsync(CoordinatorConnection coordinator, long task, Func<double> done, SiteSettings settings, CancellationToken over)
    {
        using PeriodicTimer timer = new(settings.Heartbeat, settings.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(over).ConfigureAwait(false))
            {
                await coordinator.ProgressAsync(new() { Task = task, Done = done() }, over).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
        }
    }
}
