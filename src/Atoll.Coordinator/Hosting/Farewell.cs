namespace Atoll.Coordinator.Hosting;

/// <summary>Which sites know that the run is over.</summary>
internal sealed class Farewell
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Those that know by now.</summary>
    public IReadOnlyList<string> Sites
    {
        get
        {
            lock (_lock)
            {
                return [.. _told.Order(StringComparer.Ordinal)];
            }
        }
    }

    public void Told(string site)
    {
        TaskCompletionSource? changed = null;
        lock (_lock)
        {
            if (_told.Add(site))
            {
                changed = _changed;
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
        changed?.SetResult();
    }

    /// <summary>Completes when all of these know.</summary>
    public async Task AllAsync(IReadOnlyCollection<string> sites, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (sites.All(_told.Contains))
                {
                    return;
                }
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellation);
        }
    }
}
