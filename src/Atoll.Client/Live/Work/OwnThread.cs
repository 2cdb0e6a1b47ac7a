namespace Atoll.Client.Live.Work;

/// <summary>Long computations, away from the pool's threads, on which the connection lives.</summary>
internal static class OwnThread
{
    public static Task<T> RunAsync<T>(Func<T> work, string name)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (OperationCanceledException cancelled)
            {
                done.SetCanceled(cancelled.CancellationToken);
            }
            catch (Exception fault)
            {
                done.SetException(fault);
            }
        })
        { IsBackground = true, Name = name };
        thread.Start();
        return done.Task;
    }
}
