using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Atoll.Coordinator.Hosting.Callers;

/// <summary>How many requests a site, or an address that shows no proof, may make.</summary>
internal sealed class RequestRates : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly PartitionedRateLimiter<(string? Site, string Address)> _limiter;

    public RequestRates(HostLimits limits) => _limiter = PartitionedRateLimiter.Create<(string? Site, string Address), string>(caller => caller.Site is { } site
        ? RateLimitPartition.GetTokenBucketLimiter("s" + site, _ => Bucket(limits.RequestsPerSecond, limits.Burst))
        : RateLimitPartition.GetTokenBucketLimiter("a" + caller.Address, _ => Bucket(limits.StrangerRequestsPerSecond, limits.Burst)), StringComparer.Ordinal);

    /// <exception cref="RequestRefusedException">There were too many.</exception>
    public void Count(HttpContext context, Caller caller)
    {
        using RateLimitLease lease = _limiter.AttemptAcquire((caller.Site, context.Connection.RemoteIpAddress?.ToString() ?? ""));
        if (!lease.IsAcquired)
        {
            throw new RequestRefusedException(StatusCodes.Status429TooManyRequests, "too-many-requests", "Requests must come more slowly: wait a second, and twice as long each time that this comes again.");
        }
    }

    public void Dispose() => _limiter.Dispose();

    private static TokenBucketRateLimiterOptions Bucket(int perSecond, int burst) => new()
    {
        TokenLimit = perSecond * burst,
        TokensPerPeriod = Math.Max(1, perSecond / 10),
        ReplenishmentPeriod = Period,
        QueueLimit = 0,
        AutoReplenishment = true,
    };
}
