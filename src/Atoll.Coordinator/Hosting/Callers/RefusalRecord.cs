using System.Threading.RateLimiting;
using Atoll.Coordinator.Live;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Hosting.Callers;

/// <summary>Puts reasons of refusals into the ledger, so many a minute; else whoever can send nonsense can fill a disk.</summary>
internal sealed class RefusalRecord : IDisposable
{
    private readonly ILiveRun _run;
    private readonly PartitionedRateLimiter<string> _limiter;

    public RefusalRecord(ILiveRun run, int perMinute)
    {
        _run = run;
        _limiter = PartitionedRateLimiter.Create<string, string>(site => RateLimitPartition.GetFixedWindowLimiter(site, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0,
        }), StringComparer.Ordinal);
    }

    /// <param name="site">Who sent it; null where nobody knows.</param>
    public async Task AddAsync(string? site, string reason, Digest? body, CancellationToken cancellation)
    {
        using RateLimitLease lease = _limiter.AttemptAcquire(site is null ? "" : "s" + site);
        if (lease.IsAcquired)
        {
            await _run.RejectAsync(site, reason, body, cancellation);
        }
    }

    public void Dispose() => _limiter.Dispose();
}
