using System.Collections.Immutable;

namespace Atoll.Coordinator.Live;

/// <summary>When each site last gave a sign of life. A request that waits for work is one as long as it waits.</summary>
internal sealed class Presence(int sites, TimeProvider time)
{
    private readonly long[] _seen = new long[sites]; // UTC ticks; 0 before the first
    private readonly int[] _waiting = new int[sites];
    private readonly double[] _done = new double[sites];

    public void See(int site) => Volatile.Write(ref _seen[site], time.GetUtcNow().UtcTicks);

    public DateTimeOffset? Of(int site)
    {
        long ticks = Volatile.Read(ref _waiting[site]) > 0 ? time.GetUtcNow().UtcTicks : Volatile.Read(ref _seen[site]);
        return ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    public ImmutableArray<DateTimeOffset?> All() => [.. Enumerable.Range(0, sites).Select(Of)];

    /// <summary>Share of its task that a site has done.</summary>
    public double Done(int site) => Volatile.Read(ref _done[site]);

    public void Progress(int site, double done) => Volatile.Write(ref _done[site], done);

    public IDisposable Wait(int site)
    {
        Interlocked.Increment(ref _waiting[site]);
        return new Waiting(this, site);
    }

    private sealed class Waiting(Presence presence, int site) : IDisposable
    {
        public void Dispose()
        {
            presence.See(site);
            Interlocked.Decrement(ref presence._waiting[site]);
        }
    }
}
