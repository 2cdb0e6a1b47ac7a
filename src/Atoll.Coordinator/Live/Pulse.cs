namespace Atoll.Coordinator.Live;

/// <summary>Wakes everyone who waits for the next change. Who takes <see cref="Next"/>, then looks, then waits, misses none.</summary>
internal sealed class Pulse
{
    private TaskCompletionSource _next = New();

    public Task Next => Volatile.Read(ref _next).Task;

    public void Beat() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
