using Atoll.Client.Live.Connection;

namespace Atoll.Client.Live.Work;

/// <summary>Signs of life while a site is busy: fetching a model over a slow line, training, evaluating.</summary>
internal static class Heartbeat
{
    /// <summary>Of no task: what is done is not part of a round.</summary>
    public const long NoTask = 0;

    /// <param name="done">Share of the task that is done.</param>
    public static async Task<T> WhileAsync<T>(Func<Task<T>> work, CoordinatorConnection coordinator, long task, Func<double> done, SiteSettings settings, CancellationToken cancellation)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task beating = BeatAsync(coordinator, task, done, settings, over.Token);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await beating.ConfigureAwait(false);
        }
    }

    /// <summary>Goes on until it is cancelled, which is its regular end.</summary>
    private static async Task BeatAsync(CoordinatorConnection coordinator, long task, Func<double> done, SiteSettings settings, CancellationToken over)
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
